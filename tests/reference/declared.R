# Reference numbers for rounds that declare two stages, finite populations and known totals, made with
# R's survey package.
#
#   Rscript declared.R FOLDER
#
# FOLDER holds what tests/reference/export_declared.py writes. Writes declared.csv there. Needs
# library(survey) only.
#
# levels:      province, sexes, two districts: svymean on the subset design; composites by svytotal of
#              their linearised values.
# differences: district - province, by svytotal of the difference of both sides' linearised values.
# changes:     province, this round - the round before: each round's own variance, less twice the
#              covariance over the communes, and the villages inside them, that both hold, written out.
# Every ninth indicator, all parts of dimension 2, its sub-dimensions and itself: R takes its time.
suppressMessages(library(survey))
options(survey.lonely.psu = "fail", digits = 17)
folder <- commandArgs(trailingOnly = TRUE)[1]

ages <- data.frame(age_group = c("18-34", "35-54", "55+"), Freq = c(430000, 500000, 340000))
sexes <- data.frame(sex = c("male", "female"), Freq = c(625000, 645000))
areas <- data.frame(margin_khuvuc = c("1", "2"), Freq = c(350000, 920000))
totals <- c(`(Intercept)` = 1270000, sexmale = 625000, `age_group35-54` = 500000, `age_group55+` = 340000)
tight <- list(maxit = 500, epsilon = 1e-12, verbose = FALSE)
calibrations <- list(
  staged = function(des) des,
  raked = function(des) rake(des, list(~sex, ~age_group), list(sexes, ages), control = tight),
  linear = function(des) calibrate(des, ~ sex + age_group, totals),
  poststratified = function(des) postStratify(des, ~margin_khuvuc, areas)
)

text <- c("respondent", "stratum", "psu", "psu_2", "district_stratum", "district_psu", "district", "commune",
          "village", "sex", "residence", "age_group", "margin_khuvuc")
read_round <- function(name) {
  d <- read.csv(file.path(folder, paste0(name, ".csv")), colClasses = "character", na.strings = "")
  for (v in setdiff(names(d), text)) d[[v]] <- as.numeric(d[[v]])
  w <- read.csv(file.path(folder, paste0(name, ".weights.csv")), check.names = FALSE, row.names = 1)
  constants <- unlist(w["constant", ]); weights <- as.matrix(w[rownames(w) != "constant", ])
  des <- svydesign(ids = ~psu + psu_2, strata = ~stratum, fpc = ~population + population_2,
                   weights = ~weight, data = d, nest = TRUE)
  des <- calibrations[[sub("-before", "", name)]](des)
  list(name = name, data = d, design = des, constants = constants, weights = weights, measures = rownames(weights))
}

# Mean and linearised values (its weighted total is the mean's error) of an indicator in a domain.
line <- function(one, measure, rows) {
  y <- one$data[[measure]]; w <- weights(one$design); seen <- rows & !is.na(y)
  mean <- sum(w[seen] * y[seen]) / sum(w[seen])
  list(estimate = mean, z = ifelse(seen, y - mean, 0) / sum(w[seen]))
}
line_of <- function(one, measure, rows) {
  if (measure %in% one$measures) return(line(one, measure, rows))
  a <- one$weights[, measure]; a <- a[a != 0]
  parts <- lapply(names(a), function(m) line(one, m, rows))
  list(estimate = one$constants[[measure]] + sum(a * sapply(parts, `[[`, "estimate")),
       z = drop(sapply(parts, `[[`, "z") %*% a))
}
se_of <- function(one, z) SE(svytotal(~z, update(one$design, z = z)))[[1]]
answered <- function(one, measure, rows) {
  parts <- if (measure %in% one$measures) measure else names(which(one$weights[, measure] != 0))
  all(sapply(parts, function(m) any(rows & !is.na(one$data[[m]]))))
}
chosen <- function(one) {
  part <- one$measures[one$weights[, "D2"] != 0]
  subs <- Filter(function(c) startsWith(c, "S2"), colnames(one$weights))
  unique(c(one$measures[seq(1, length(one$measures), by = 9)], part, subs, "D2"))
}

out <- list()
add <- function(case, statistic, kind, place, group, measure, estimate, se)
  out[[length(out) + 1]] <<- data.frame(case, statistic, place_kind = kind, place, group, measure, estimate, se)
add_level <- function(one, kind, place, group, rows) for (m in chosen(one)) if (answered(one, m, rows)) {
  if (m %in% one$measures) {
    est <- svymean(as.formula(paste0("~", m)), subset(one$design, rows), na.rm = TRUE)
    add(one$name, "level", kind, place, group, m, coef(est)[[1]], SE(est)[[1]])
  } else {
    own <- line_of(one, m, rows)
    add(one$name, "level", kind, place, group, m, own$estimate, se_of(one, own$z))
  }
}
for (name in names(calibrations)) {
  one <- read_round(name); d <- one$data; everybody <- rep(TRUE, nrow(d))
  add_level(one, "province", "91", "", everybody)
  for (sex in c("male", "female")) add_level(one, "province", "91", sex, d$sex == sex)
  for (district in c("899", "905")) {
    rows <- d$district == district
    add_level(one, "district", district, "", rows)
    for (m in chosen(one)) if (answered(one, m, rows)) {
      part <- line_of(one, m, rows); whole <- line_of(one, m, everybody)
      add(name, "difference", "district", district, "", m, part$estimate - whole$estimate, se_of(one, part$z - whole$z))
    }
  }
}

# Residuals of the linearised scores, centred and scaled at both stages: their products over shared
# communes and villages are the covariance of two rounds.
standard <- function(one, measures) {
  d <- one$data; w <- weights(one$design); unit <- list(d$psu, paste(d$psu, d$psu_2)); all <- rep(TRUE, nrow(d))
  z <- sapply(measures, function(m) {
    e <- line_of(one, m, all)$z
    if (grepl("poststratified", one$name))
      e <- e - ave(d$weight * e, d$margin_khuvuc, FUN = sum) / ave(d$weight, d$margin_khuvuc, FUN = sum)
    w * e
  })
  strata <- list(d$stratum, d$psu); sizes <- list(d$population, d$population_2); above <- rep(1, nrow(d)); out <- list()
  for (stage in 1:2) {
    sums <- rowsum(z, unit[[stage]]); at <- match(rownames(sums), unit[[stage]])
    h <- strata[[stage]][at]; n <- as.numeric(table(h)[h]); N <- sizes[[stage]][at]
    centre <- rowsum(sums, h)[h, , drop = FALSE] / n
    out[[stage]] <- sqrt((1 - n / N) * n / (n - 1) * above[at]) * (sums - centre)
    share <- (as.numeric(table(h)) / tapply(N, h, function(x) x[1]))
    above <- above * as.numeric(share[strata[[stage]]])
  }
  out
}
for (name in c("staged", "poststratified")) {
  now <- read_round(name); before <- read_round(paste0(name, "-before"))
  measures <- intersect(chosen(now), c(before$measures, colnames(before$weights)))
  one <- lapply(measures, function(m) line_of(now, m, rep(TRUE, nrow(now$data))))
  two <- lapply(measures, function(m) line_of(before, m, rep(TRUE, nrow(before$data))))
  v <- sapply(one, function(x) se_of(now, x$z)^2); v0 <- sapply(two, function(x) se_of(before, x$z)^2)
  a <- standard(now, measures); b <- standard(before, measures); cross <- 0
  stopifnot(isTRUE(all.equal(colSums(a[[1]]^2) + colSums(a[[2]]^2), v, check.attributes = FALSE)))
  for (stage in 1:2) {
    common <- intersect(rownames(a[[stage]]), rownames(b[[stage]]))
    cross <- cross + colSums(a[[stage]][common, ] * b[[stage]][common, ])
  }
  estimate <- sapply(one, `[[`, "estimate") - sapply(two, `[[`, "estimate")
  add(name, "change", "province", "91", "", measures, estimate, sqrt(v + v0 - 2 * cross))
}

d <- do.call(rbind, out)
for (v in names(d)) if (is.numeric(d[[v]])) d[[v]] <- ifelse(is.na(d[[v]]), "", sprintf("%.15g", d[[v]]))
write.csv(d, file.path(folder, "declared.csv"), row.names = FALSE, quote = FALSE)
cat(R.version.string, "survey", as.character(packageVersion("survey")), "\n", file = file.path(folder, "made_with.txt"))
