# Reference numbers for calibrated weights and their variance, made with R's survey package.
#
#   Rscript calibration.R FOLDER
#
# FOLDER holds sample.csv (simulated; nobody's answers). Writes weights.csv (one column a case) and
# estimates.csv there. Needs library(survey) only.
#
# survey::calibrate with a distance other than linear wants a package that is not always there. Those
# cases (raking, logit, bounded) are made from the definition: weights by Newton steps in base R, and the
# variance as that of the total of lm() residuals of the linearised values, by svytotal.
suppressMessages(library(survey))
options(survey.lonely.psu = "fail", digits = 17)
folder <- commandArgs(trailingOnly = TRUE)[1]
d <- read.csv(file.path(folder, "sample.csv"), stringsAsFactors = TRUE)
design_of <- function(w) { d$w <- w; svydesign(ids = ~psu, strata = ~stratum, weights = ~w, fpc = ~units, data = d, nest = TRUE) }
des <- design_of(d$weight)

ages <- data.frame(age = c("18-34", "35-54", "55+"), Freq = c(1600, 2500, 1900))
sexes <- data.frame(sex = c("female", "male"), Freq = c(3060, 2940))
poor <- data.frame(poor = c(0, 1), Freq = c(4100, 1900))
linear <- c(`(Intercept)` = 6000, sexmale = 2940, x = 116000)
tight <- list(maxit = 500, epsilon = 1e-12, verbose = FALSE)

by_survey <- list(
  poststratify = postStratify(des, ~age, ages),
  rake_two = rake(des, list(~age, ~sex), list(ages, sexes), control = tight),
  rake_three = rake(des, list(~age, ~sex, ~poor), list(ages, sexes, poor), control = tight),
  linear = calibrate(des, ~ sex + x, linear),
  poststratify_linear = calibrate(postStratify(des, ~age, ages), ~ sex + x, linear),
  linear_poststratify = postStratify(calibrate(des, ~ sex + x, linear), ~age, ages)
)

# F(u) and its derivative (Deville and Sarndal 1992).
distances <- list(
  raking = function(u) list(g = exp(u), d = exp(u)),
  logit = function(u) {
    L <- 0.6; U <- 1.8; A <- (U - L) / ((1 - L) * (U - 1)); e <- exp(A * u)
    g <- (L * (U - 1) + U * (1 - L) * e) / (U - 1 + (1 - L) * e)
    list(g = g, d = (g - L) * (U - g) / ((1 - L) * (U - 1)))
  },
  bounded_linear = function(u) { g <- pmin(pmax(1 + u, 0.985), 1.1); list(g = g, d = as.numeric(1 + u == g)) }
)
X <- model.matrix(~ sex + x, d)
solve_weights <- function(distance) {
  b <- numeric(ncol(X))
  for (i in 1:200) {
    f <- distance(X %*% b); gap <- linear - colSums(X * (d$weight * as.numeric(f$g)))
    if (max(abs(gap / linear)) < 1e-14) break
    b <- b + solve(crossprod(X, X * (d$weight * as.numeric(f$d))), gap)
  }
  if (max(abs(gap / linear)) > 1e-11) stop("weights do not fit")
  d$weight * as.numeric(f$g)
}
by_hand <- lapply(distances, solve_weights)

rows <- list()
add <- function(case, variable, domain, statistic, estimate, se)
  rows[[length(rows) + 1]] <<- data.frame(case, variable, domain, statistic, estimate = as.numeric(estimate), se = as.numeric(se))
for (variable in c("y", "z", "x")) for (domain in c("all", "poor")) {
  inside <- domain == "all" | d$poor == 1
  seen <- inside & !is.na(d[[variable]]); y <- ifelse(seen, d[[variable]], 0)
  for (case in names(by_survey)) {
    part <- subset(by_survey[[case]], inside); f <- as.formula(paste0("~", variable))
    m <- svymean(f, part, na.rm = TRUE); t <- svytotal(f, part, na.rm = TRUE)
    add(case, variable, domain, "mean", coef(m), SE(m)); add(case, variable, domain, "total", coef(t), SE(t))
  }
  for (case in names(by_hand)) {
    w <- by_hand[[case]]; m <- sum(w * y) / sum(w[seen])
    for (statistic in c("mean", "total")) {
      z <- if (statistic == "mean") seen * (y - m) / sum(w[seen]) else y
      e <- residuals(lm(z ~ X - 1, weights = d$weight))
      add(case, variable, domain, statistic, if (statistic == "mean") m else sum(w * y), SE(svytotal(~e, update(design_of(w), e = e))))
    }
  }
}

write_exact <- function(d, name) {
  for (v in names(d)) if (is.numeric(d[[v]])) d[[v]] <- sprintf("%.15g", d[[v]])
  write.csv(d, file.path(folder, name), row.names = FALSE, quote = FALSE)
}
write_exact(do.call(rbind, rows), "estimates.csv")
write_exact(data.frame(c(lapply(by_survey, weights), by_hand)), "weights.csv")
cat(R.version.string, "survey", as.character(packageVersion("survey")), "\n", file = file.path(folder, "made_with.txt"))
