# The commands of notebooks/guide_from_stata.ipynb by R's survey package.
#
#   Rscript from_stata.R FOLDER
#
# FOLDER holds people.csv (tests/reference/export_from_stata.py); writes results.csv there, one row a number:
# the command's number, the row and column of the table that the notebook shows, the value. Intervals take
# PSUs less strata as degrees of freedom, as Stata does; models R's degf + 1 - coefficients.
suppressMessages(library(survey))
options(survey.lonely.psu = "fail")
folder <- commandArgs(trailingOnly = TRUE)[1]
people <- read.csv(file.path(folder, "people.csv"), na.strings = "")
for (v in c("sex", "residence", "age_group", "district")) people[[v]] <- factor(people[[v]])
people$residence <- relevel(people$residence, "rural")
people$sex <- relevel(people$sex, "female")
design <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = people, nest = TRUE)

rows <- list()
keep <- function(command, column, values, at = seq_along(values) - 1)
  rows[[length(rows) + 1]] <<- data.frame(command, row = at, column, value = as.numeric(values))
# Estimate, standard error and t interval; df of those who answered, such as nonmissing(~y).
keep_means <- function(command, stat, df, at = seq_along(coef(stat)) - 1) {
  keep(command, "estimate", coef(stat), at); keep(command, "se", SE(stat), at)
  ci <- confint(stat, df = df)
  keep(command, "ci_low", ci[, 1], at); keep(command, "ci_high", ci[, 2], at)
}
answered <- function(v, d = design) degf(d[!is.na(d$variables[[v]]), ])
by_sex <- function(f) svyby(f, ~sex, design, svymean, na.rm = TRUE, covmat = TRUE)
sexes <- c("male", "female")
of_sex <- function(stat) list(coef = coef(stat)[sexes], se = SE(stat)[match(sexes, names(coef(stat)))])

# 0 svyset, svydescribe
keep(0, "n_strata", length(unique(people$stratum))); keep(0, "n_psu", nrow(unique(people[c("stratum", "psu")])))
keep(0, "df", degf(design)); keep(0, "n", nrow(people)); keep(0, "population", sum(weights(design)))
# 1 svy: mean
keep_means(1, svymean(~a002, design), degf(design))
# 2 svy: mean, over()
ages <- by_sex(~a002)
keep(2, "estimate", of_sex(ages)$coef); keep(2, "se", of_sex(ages)$se)
for (s in sexes) {
  ci <- confint(svymean(~a002, subset(design, sex == s)), df = degf(subset(design, sex == s)))
  keep(2, "ci_low", ci[1], match(s, sexes) - 1); keep(2, "ci_high", ci[2], match(s, sexes) - 1)
}
# 3 svy, subpop(): mean
sub <- subset(design, sex == "female" & age_group == "55+" & !is.na(internet_home))
keep_means(3, svymean(~internet_home, sub), degf(sub)); keep(3, "n", nrow(sub))
# 4 svy: proportion, with Stata's logit interval
known <- subset(design, !is.na(internet_home))
share <- svyciprop(~internet_home, known, method = "logit", df = degf(known))
keep(4, "estimate", coef(share)); keep(4, "se", SE(share))
keep(4, "ci_low", confint(share)[1]); keep(4, "ci_high", confint(share)[2])
# 5 svy: proportion, over()
for (r in c("urban", "rural")) {
  sub <- subset(known, residence == r)
  share <- svyciprop(~internet_home, sub, method = "logit", df = degf(sub)); at <- match(r, c("urban", "rural")) - 1
  keep(5, "estimate", coef(share), at); keep(5, "se", SE(share), at)
  keep(5, "ci_low", confint(share)[1], at); keep(5, "ci_high", confint(share)[2], at)
}
# 6 svy: proportion of a coded variable
found <- svymean(~age_group, design)
keep_means(6, found, degf(design))
# 7 svy: total
keep_means(7, svytotal(~health_insurance, design, na.rm = TRUE), answered("health_insurance"))
# 8 svy: ratio
both <- subset(design, !is.na(internet_news) & !is.na(internet_home))
ratio <- svyratio(~internet_news, ~internet_home, both)
keep(8, "estimate", coef(ratio)); keep(8, "se", SE(ratio))
ci <- confint(ratio, df = degf(both)); keep(8, "ci_low", ci[1]); keep(8, "ci_high", ci[2])
# 9 svy: tabulate, two-way: cells; 10 its Rao-Scott test
two <- subset(design, !is.na(poverty_list_published))
two <- update(two, published = factor(poverty_list_published))
cells <- svymean(~interaction(published, sex), two)
keep(9, "estimate", coef(cells)); keep(9, "se", SE(cells))
test <- svychisq(~sex + published, two, statistic = "F")
keep(10, "statistic", test$statistic); keep(10, "df1", test$parameter[1]); keep(10, "df2", test$parameter[2])
keep(10, "p_value", test$p.value)
# 11 lincom
p <- svyby(~poverty_list_published, ~sex, two, svymean, covmat = TRUE)
gap <- svycontrast(p, quote(female - male))
keep(11, "estimate", coef(gap)); keep(11, "se", SE(gap))
# 12 nlcom
quotient <- svycontrast(p, quote(female / male))
keep(12, "estimate", coef(quotient)); keep(12, "se", SE(quotient))
# 13 test after mean, over()
joint <- regTermTest(svyglm(a002 ~ residence, design), ~residence)
keep(13, "statistic", joint$Ftest); keep(13, "df1", joint$df); keep(13, "df2", joint$ddf); keep(13, "p_value", joint$p)
# 14 svy: regress
keep_model <- function(command, model) {
  found <- summary(model)$coefficients; ci <- confint(model, ddf = model$df.residual)
  keep(command, "estimate", found[, 1]); keep(command, "se", found[, 2]); keep(command, "t", found[, 3])
  keep(command, "ci_low", ci[, 1]); keep(command, "ci_high", ci[, 2])
}
keep_model(14, svyglm(school_minutes ~ residence + sex, design))
# 15 svy: logit; 16 svy: logistic; 17 testparm
exact <- glm.control(epsilon = 1e-14, maxit = 100)
logit <- svyglm(internet_home ~ residence + age_group, design, family = quasibinomial(), control = exact)
keep_model(15, logit)
odds <- exp(cbind(coef(logit), confint(logit, ddf = logit$df.residual)))
keep(16, "odds_ratio", odds[, 1]); keep(16, "ci_low", odds[, 2]); keep(16, "ci_high", odds[, 3])
term <- regTermTest(logit, ~age_group)
keep(17, "statistic", term$Ftest); keep(17, "df1", term$df); keep(17, "df2", term$ddf); keep(17, "p_value", term$p)
# 18 estat effects
effect <- svymean(~internet_home, known, deff = "replace")
keep(18, "estimate", coef(effect)); keep(18, "deff", as.numeric(deff(effect))[1])
# 19 svyset, poststrata() postweight()
half <- data.frame(sex = c("female", "male"), Freq = c(620000, 640000))
fitted <- postStratify(design, ~sex, half)
keep_means(19, svymean(~internet_home, fitted, na.rm = TRUE), answered("internet_home"))
# 20 svy jackknife: mean
jack <- as.svrepdesign(design, type = "JKn")
keep_means(20, svymean(~a002, jack), degf(design))

results <- do.call(rbind, rows)
results$value <- sprintf("%.15g", results$value)
write.csv(results, file.path(folder, "results.csv"), row.names = FALSE, quote = FALSE)
cat(R.version.string, "survey", as.character(packageVersion("survey")), "\n", file = file.path(folder, "made_with.txt"))
