# Reference numbers for replicate designs, made with R's survey package.
#
#   Rscript replicates.R FOLDER
#
# FOLDER holds sample.csv (simulated; nobody's answers; two PSUs in each stratum). Writes estimates.csv, models.csv
# (quantiles, chi-square, t-test and models, where R takes the replicates too: case, domain, name, value), and
# the replicate weights that Python's own would not be the same as: brr.csv, fay.csv, bootstrap.csv.
# Needs library(survey) only.
suppressMessages(library(survey))
options(survey.lonely.psu = "fail", digits = 17)
folder <- commandArgs(trailingOnly = TRUE)[1]
d <- read.csv(file.path(folder, "sample.csv"), stringsAsFactors = TRUE)
d$unit <- interaction(d$stratum, d$psu, drop = TRUE)
d$all_units <- 54
set.seed(2021)

plain <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)
finite <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, fpc = ~units, data = d, nest = TRUE)
sexes <- data.frame(sex = c("female", "male"), Freq = c(1200, 1300))
replicated <- list(
  jk1 = as.svrepdesign(svydesign(ids = ~unit, weights = ~weight, data = d), type = "JK1"),
  jk1_finite = as.svrepdesign(svydesign(ids = ~unit, weights = ~weight, fpc = ~all_units, data = d), type = "JK1"),
  jkn = as.svrepdesign(plain, type = "JKn"),
  jkn_finite = as.svrepdesign(finite, type = "JKn"),
  brr = as.svrepdesign(plain, type = "BRR"),
  fay = as.svrepdesign(plain, type = "Fay", fay.rho = 0.3),
  bootstrap = as.svrepdesign(plain, type = "subbootstrap", replicates = 30)
)
replicated$jkn_poststratified <- postStratify(replicated$jkn, ~sex, sexes)

write_exact <- function(d, name) {
  for (v in names(d)) if (is.numeric(d[[v]])) d[[v]] <- sprintf("%.15g", d[[v]])
  write.csv(d, file.path(folder, name), row.names = FALSE, quote = FALSE)
}
rows <- list()
for (case in names(replicated)) for (mse in c(FALSE, TRUE)) for (domain in c("all", "poor")) {
  whole <- replicated[[case]]; whole$mse <- mse
  part <- subset(whole, domain == "all" | poor == 1)
  found <- list(mean = svymean(~y, part, na.rm = TRUE), total = svytotal(~y, part, na.rm = TRUE),
                ratio = svyratio(~y, ~x, part, na.rm = TRUE))
  for (statistic in names(found)) rows[[length(rows) + 1]] <- data.frame(case, mse = as.integer(mse), domain, statistic,
    estimate = as.numeric(coef(found[[statistic]])), se = as.numeric(SE(found[[statistic]])), df = degf(part))
}
write_exact(do.call(rbind, rows), "estimates.csv")
numbers <- list()
for (case in c("jkn", "jkn_finite", "brr", "fay", "bootstrap")) for (domain in c("all", "poor", "few")) {
  whole <- replicated[[case]]
  part <- subset(whole, domain == "all" | (domain == "poor" & poor == 1) | (domain == "few" & stratum %in% levels(d$stratum)[1:2]))
  add <- function(name, value) numbers[[length(numbers) + 1]] <<- data.frame(case, domain, name = paste(name, seq_along(value)), value = as.numeric(value))
  seen <- subset(part, !is.na(y))
  for (type in c("mean", "quantile")) for (rule in c("math", "hf7")) {
    q <- svyquantile(~y, seen, c(0.25, 0.5, 0.8), interval.type = type, qrule = rule)[[1]]
    add(paste("quantile", type, rule), t(q))
  }
  line <- svyglm(y ~ sex + x, part); add("linear", coef(line)); add("linear se", SE(line)); add("linear df", line$df.residual)
  if (domain == "all") {  # in the others some replicates have all yes on one side: R keeps runaway coefficients
    yes <- svyglm(I(y > 30) ~ x, part, family = quasibinomial, control = glm.control(epsilon = 1e-13, maxit = 100))
    add("logistic", coef(yes)); add("logistic se", SE(yes))
  }
  t <- svyttest(y ~ sex, part); add("ttest", c(t$estimate, t$statistic, t$parameter, t$p.value))
  seen <- update(seen, high = factor(y > 30))
  for (s in c("F", "Chisq", "Wald", "adjWald")) { c <- svychisq(~sex + high, seen, statistic = s); add(paste("chisq", s), c(c$statistic, c$parameter, c$p.value)) }
}
write_exact(do.call(rbind, numbers), "models.csv")
for (case in c("brr", "fay", "bootstrap")) write_exact(as.data.frame(unclass(as.matrix(weights(replicated[[case]], "analysis")))), paste0(case, ".csv"))
cat(R.version.string, "survey", as.character(packageVersion("survey")), "\n", file = file.path(folder, "made_with.txt"))
