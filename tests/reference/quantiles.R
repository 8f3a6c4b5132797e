# Reference numbers for quantiles and intervals of shares, made with R's survey package.
#
#   Rscript quantiles.R FOLDER
#
# Writes people.csv (simulated here, nobody's answers), quantiles.csv and shares.csv into FOLDER.
# Needs library(survey) only.
#
# Score intervals: R 4.1 finds the right end x, but reads the rule at the unweighted share at or below x,
# which is another share where weights differ; with equal weights that is an exact tie, where under the
# discrete rules the last digit of a sum decides.
suppressMessages(library(survey))
options(survey.lonely.psu = "fail", digits = 17, warn = -1)
folder <- commandArgs(trailingOnly = TRUE)[1]
write_exact <- function(d, name) {
  for (v in names(d)) if (is.double(d[[v]])) d[[v]] <- ifelse(is.na(d[[v]]), "", sprintf("%.15g", d[[v]]))
  write.csv(d, file.path(folder, name), row.names = FALSE, quote = FALSE, na = "")
}

# 4 strata of 20 PSUs, 5 sampled in each, 4 to 10 people a PSU.
set.seed(2021)
people <- do.call(rbind, lapply(1:4, function(h) do.call(rbind, lapply(1:5, function(i) {
  n <- sample(4:10, 1); level <- rnorm(1, 10 * h, 4)
  data.frame(stratum = h, psu = 100 * h + i, population = 20, even = 3, weight = round(runif(n, 0.4, 1.9) * h, 4),
             minutes = round(exp(rnorm(n, 3 + level / 50, 0.6)), 1), age = sample(18:80, n, TRUE),
             woman = rbinom(n, 1, 0.5), permit = rbinom(n, 1, plogis(level / 20 - 2.2)))
}))))
people$minutes[sample(nrow(people), 15)] <- NA
people$permit[sample(nrow(people), 10)] <- NA
write_exact(people, "people.csv")

people <- read.csv(file.path(folder, "people.csv"))
designs <- list(
  replacement = svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = people),
  finite = svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, fpc = ~population, data = people),
  even = svydesign(ids = ~psu, strata = ~stratum, weights = ~even, fpc = ~population, data = people))

probabilities <- c(0.1, 0.25, 0.5, 0.75, 0.9)
quantiles <- list()
add_quantiles <- function(design, measure, domain, rule, interval, level) {
  d <- designs[[design]]
  d <- d[!is.na(people[[measure]]) & (domain == "all" | people$woman == 1), ]
  q <- svyquantile(as.formula(paste0("~", measure)), d, probabilities, alpha = 1 - level, qrule = rule,
                   interval.type = interval)[[1]]
  quantiles[[length(quantiles) + 1]] <<- data.frame(
    design, measure, domain, rule, interval, level, p = probabilities, estimate = q[, 1], ci_low = q[, 2],
    ci_high = q[, 3], se = q[, 4], df = degf(d))
}
rules <- c("math", "school", "shahvaish", paste0("hf", 1:9))
for (rule in rules)
  for (measure in c("minutes", "age")) for (domain in c("all", "women"))
    add_quantiles("replacement", measure, domain, rule, "mean", 0.95)
for (interval in c("beta", "xlogit", "asin")) for (domain in c("all", "women"))
  for (rule in c("math", "hf7")) add_quantiles("finite", "minutes", domain, rule, interval, 0.9)
for (rule in c("hf7", "hf8")) for (level in c(0.5, 0.9)) add_quantiles("even", "minutes", "women", rule, "score", level)
for (rule in rules) for (design in c("even", "replacement")) add_quantiles(design, "minutes", "all", rule, "score", 0.8)
for (rule in rules) add_quantiles("even", "age", "all", rule, "mean", 0.8)
quantiles <- do.call(rbind, quantiles)

shares <- list()
for (design in c("replacement", "finite")) for (domain in c("all", "women", "stratum 1")) for (level in c(0.8, 0.95)) {
  inside <- switch(domain, all = TRUE, women = people$woman == 1, `stratum 1` = people$stratum == 1)
  d <- designs[[design]][!is.na(people$permit) & inside, ]
  m <- svymean(~permit, d)
  for (method in c("logit", "xlogit", "beta", "asin", "mean", "likelihood")) {
    ci <- confint(svyciprop(~permit, d, method = method, level = level, df = degf(d)))
    shares[[length(shares) + 1]] <- data.frame(
      design, domain, level, method, share = coef(m)[[1]], se = SE(m)[[1]], df = degf(d),
      n = sum(!is.na(people$permit) & inside), low = ci[1], high = ci[2])
  }
}
write_exact(quantiles, "quantiles.csv")
write_exact(do.call(rbind, shares), "shares.csv")
cat(R.version.string, "survey", as.character(packageVersion("survey")), "\n", file = file.path(folder, "made_with.txt"))
