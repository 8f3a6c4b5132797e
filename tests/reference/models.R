# models/sample.csv + models/cases.csv -> models/results.csv: every test and model by R's survey package.
# Rscript models.R [folder]     one row a number: case, statistic, name, value

suppressMessages(library(survey))
arguments <- commandArgs(trailingOnly = TRUE)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
folder <- if (length(arguments)) arguments[1] else file.path(here, "models")

people <- read.csv(file.path(here, "models", "sample.csv"), na.strings = "", stringsAsFactors = TRUE)
cases <- read.csv(file.path(here, "models", "cases.csv"), na.strings = "")
designs <- list(
  replacement = svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = people),
  stages = svydesign(ids = ~psu + person, strata = ~stratum, weights = ~weight, fpc = ~psus + people,
                     data = people))

rows <- list()
keep <- function(case, statistic, value, name = "")
  rows[[length(rows) + 1]] <<- data.frame(case, statistic, name, value = as.numeric(value))

for (i in seq_len(nrow(cases))) {
  case <- cases[i, ]
  design <- designs[[case$design]]
  if (!is.na(case$domain_column)) {
    here_is <- design$variables[[case$domain_column]]
    design <- design[!is.na(here_is) & here_is == case$domain_value, ]
  }
  formula <- as.formula(case$formula)
  if (case$kind == "chisquare") {
    sides <- all.vars(formula)
    answered <- design[complete.cases(design$variables[, sides]), ]
    for (statistic in c("F", "Chisq", "Wald", "adjWald")) {
      test <- svychisq(as.formula(paste("~", sides[1], "+", sides[2])), answered, statistic = statistic)
      keep(case$case, statistic, c(test$statistic, test$parameter, test$p.value),
           c("statistic", paste0("df", seq_along(test$parameter)), "p"))
    }
  } else if (case$kind == "ttest") {
    test <- svyttest(formula, design)
    keep(case$case, "ttest", c(test$estimate, test$statistic, test$parameter, test$p.value, test$conf.int),
         c("difference", "t", "df", "p", "low", "high"))
  } else {
    family <- switch(case$family, gaussian = gaussian(), binomial = quasibinomial(), poisson = quasipoisson())
    model <- svyglm(formula, design, family = family, control = glm.control(epsilon = 1e-14, maxit = 100))
    known <- !is.na(coef(model))
    found <- summary(model)$coefficients
    keep(case$case, "estimate", coef(model)[known], names(coef(model))[known])
    keep(case$case, "se", SE(model)[known], names(coef(model))[known])
    keep(case$case, "p", found[, 4], rownames(found))
    keep(case$case, "df_residual", model$df.residual)
    keep(case$case, "n", length(residuals(model)))
    for (term in strsplit(case$terms, ";")[[1]]) {
      test <- regTermTest(model, as.formula(paste("~", term)))
      keep(case$case, "term", c(test$Ftest, test$df, test$ddf, test$p),
           paste(term, c("F", "df", "ddf", "p"), sep = "|"))
    }
  }
}
results <- do.call(rbind, rows)
results$value <- sprintf("%.15g", results$value)
write.csv(results, file.path(folder, "results.csv"), row.names = FALSE)
cat(R.version.string, "survey", as.character(packageVersion("survey")), "\n",
    file = file.path(folder, "made_with.txt"))
