# Reference numbers for the project's own simulated rounds, made with R's survey package.
#
#   Rscript example.R FOLDER
#
# FOLDER holds what tests/reference/export_example.py writes: indicators.csv (this round),
# previous.csv (the round before), weights.csv and previous_weights.csv (composites as constants +
# weights). Writes levels.csv and contrasts.csv there. Needs library(survey) only.
#
# levels:    svymean on the design subset to the domain; composites by the delta method from the full
#            covariance of svytotal of stacked (answer, answered) columns.
# contrasts: district - province and group - province on one design; this round - previous round from each round's own
#            variance and the covariance over the PSUs that both hold.
suppressMessages(library(survey))
options(survey.lonely.psu = "fail", digits = 17)
folder <- commandArgs(trailingOnly = TRUE)[1]

read_indicators <- function(name) {
  d <- read.csv(file.path(folder, name), colClasses = "character", na.strings = "")
  text <- c("respondent", "stratum", "psu", "district", "sex", "residence", "age_group", "ethnicity")
  for (v in setdiff(names(d), text)) d[[v]] <- as.numeric(d[[v]])
  d
}
read_weights <- function(name) {
  w <- read.csv(file.path(folder, name), check.names = FALSE, row.names = 1)
  list(constants = unlist(w["constant", ]), weights = as.matrix(w[rownames(w) != "constant", ]))
}
design_of <- function(d) svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)

now <- read_indicators("indicators.csv")
map <- read_weights("weights.csv")
indicators <- rownames(map$weights)
des <- design_of(now)

# Means of several measures in several domains with their full covariance, and composites of them.
joint <- function(design, data, domains, measures) {
  columns <- list()
  for (rows in domains) for (m in measures) {
    seen <- rows & !is.na(data[[m]])
    columns[[length(columns) + 1]] <- ifelse(seen, data[[m]], 0)
  }
  for (rows in domains) for (m in measures) {
    columns[[length(columns) + 1]] <- as.numeric(rows & !is.na(data[[m]]))
  }
  total <- svytotal(do.call(cbind, columns), design)
  k <- length(columns) / 2
  t <- coef(total)[1:k]; b <- coef(total)[k + 1:k]
  jacobian <- cbind(diag(1 / b), diag(-t / b^2))
  list(mean = t / b, vcov = jacobian %*% vcov(total) %*% t(jacobian))
}
df_of <- function(design, rows) degf(subset(design, rows))

levels <- list()
add_levels <- function(place_kind, place, group_kind, group, rows) {
  sub <- subset(des, rows)
  for (m in indicators) {
    seen <- rows & !is.na(now[[m]])
    if (!any(seen)) next
    est <- svymean(as.formula(paste0("~", m)), sub, na.rm = TRUE, deff = "replace")
    levels[[length(levels) + 1]] <<- data.frame(
      place_kind, place, group_kind, group, measure = m, estimate = coef(est)[[1]], se = SE(est)[[1]],
      df = df_of(des, seen), deff = as.numeric(deff(est))[1], n = sum(seen))
  }
  if (group_kind != "all") return(invisible())
  usable <- indicators[sapply(indicators, function(m) any(rows & !is.na(now[[m]])))]
  parts <- joint(des, now, list(rows), usable)
  for (composite in colnames(map$weights)) {
    a <- map$weights[, composite]
    if (!all(names(a)[a != 0] %in% usable)) next
    a <- a[usable]
    used <- usable[a != 0]
    answered <- rows & rowSums(!is.na(now[, used, drop = FALSE])) > 0
    levels[[length(levels) + 1]] <<- data.frame(
      place_kind, place, group_kind, group, measure = composite,
      estimate = map$constants[[composite]] + sum(a * parts$mean),
      se = sqrt(drop(t(a) %*% parts$vcov %*% a)), df = df_of(des, answered), deff = NA, n = sum(answered))
  }
}
everybody <- rep(TRUE, nrow(now))
add_levels("province", "91", "all", "", everybody)
groups <- c("sex", "residence", "age_group", "ethnicity")
members <- function(g, v) !is.na(now[[g]]) & now[[g]] == v
for (g in groups) for (v in sort(unique(na.omit(now[[g]]))))
  add_levels("province", "91", g, v, members(g, v))
districts <- sort(unique(now$district))
for (d in districts) add_levels("district", d, "all", "", now$district == d)
levels <- do.call(rbind, levels)

# Beta (Korn-Graubard) intervals of the province's shares, with the domain's own df; R does not cap the
# effective sample size at n.
shares <- indicators[sapply(indicators, function(m) all(na.omit(now[[m]]) %in% c(0, 1)))]
intervals <- do.call(rbind, lapply(shares, function(m) {
  ci <- confint(svyciprop(as.formula(paste0("~", m)), subset(des, !is.na(now[[m]])), method = "beta"))
  data.frame(measure = m, low = ci[1], high = ci[2])
}))

contrasts <- list()
add_contrast <- function(statistic, place_kind, place, group_kind, group, measure, a, parts, constant = 0) {
  contrasts[[length(contrasts) + 1]] <<- data.frame(
    statistic, place_kind, place, group_kind, group, measure, estimate = constant + sum(a * parts$mean),
    se = sqrt(drop(t(a) %*% parts$vcov %*% a)))
}
answered_in <- function(data, rows, names) names[sapply(names, function(m) any(rows & !is.na(data[[m]])))]

# People of `rows` less everybody: a domain less the whole that it is part of.
add_differences <- function(place_kind, place, group_kind, group, rows) {
  usable <- answered_in(now, rows, indicators)
  parts <- joint(des, now, list(rows, everybody), usable)
  k <- length(usable)
  for (i in seq_len(k)) {
    a <- numeric(2 * k); a[i] <- 1; a[k + i] <- -1
    add_contrast("difference", place_kind, place, group_kind, group, usable[i], a, parts)
  }
  for (composite in colnames(map$weights)) {
    w <- map$weights[, composite]
    if (!all(names(w)[w != 0] %in% usable)) next
    w <- w[usable]
    add_contrast("difference", place_kind, place, group_kind, group, composite, c(w, -w), parts)
  }
}
for (d in districts) add_differences("district", d, "all", "", now$district == d)
for (g in groups) for (v in sort(unique(na.omit(now[[g]]))))
  add_differences("province", "91", g, v, members(g, v))

# Change: V_now + V_before from svytotal on each round's own design, less twice the covariance over the
# PSUs that both rounds hold. The covariance is written out here: PSU sums of the linearised scores,
# centred at their own round's stratum mean, scaled by sqrt(n_h / (n_h - 1)).
before <- read_indicators("previous.csv")
map0 <- read_weights("previous_weights.csv")
des0 <- design_of(before)
centred_scores <- function(data, rows, measures) {
  psu <- paste(data$stratum, data$psu)
  z <- sapply(measures, function(m) {
    seen <- rows & !is.na(data[[m]])
    w <- ifelse(seen, data$weight, 0); y <- ifelse(seen, data[[m]], 0)
    tapply(w * (y - sum(w * y) / sum(w)) / sum(w), psu, sum)
  })
  z <- matrix(z, ncol = length(measures), dimnames = list(sort(unique(psu)), measures))
  stratum <- data$stratum[match(rownames(z), psu)]
  for (h in unique(stratum)) {
    i <- stratum == h; n <- sum(i)
    z[i, ] <- sqrt(n / (n - 1)) * sweep(z[i, , drop = FALSE], 2, colMeans(z[i, , drop = FALSE]))
  }
  z
}
shared <- intersect(indicators, names(before))
places <- c(list(list("province", "91", everybody, rep(TRUE, nrow(before)))),
            lapply(districts, function(d) list("district", d, now$district == d, before$district == d)))
for (p in places) {
  if (!any(p[[4]])) next
  usable <- intersect(answered_in(now, p[[3]], shared), answered_in(before, p[[4]], shared))
  one <- joint(des, now, list(p[[3]]), usable); two <- joint(des0, before, list(p[[4]]), usable)
  c1 <- centred_scores(now, p[[3]], usable); c0 <- centred_scores(before, p[[4]], usable)
  common <- intersect(rownames(c1), rownames(c0))
  cross <- t(c1[common, , drop = FALSE]) %*% c0[common, , drop = FALSE]
  change <- function(measure, a1, a0, constant) contrasts[[length(contrasts) + 1]] <<- data.frame(
    statistic = "change", place_kind = p[[1]], place = p[[2]], group_kind = "all", group = "", measure,
    estimate = constant + sum(a1 * one$mean) - sum(a0 * two$mean),
    se = sqrt(drop(t(a1) %*% one$vcov %*% a1 + t(a0) %*% two$vcov %*% a0 - 2 * t(a1) %*% cross %*% a0)))
  for (m in usable) { a <- as.numeric(usable == m); change(m, a, a, 0) }
  for (composite in intersect(colnames(map$weights), colnames(map0$weights))) {
    w1 <- map$weights[, composite]; w0 <- map0$weights[, composite]
    if (!all(union(names(w1)[w1 != 0], names(w0)[w0 != 0]) %in% usable)) next
    a1 <- setNames(numeric(length(usable)), usable); a0 <- a1
    a1[names(w1)[w1 != 0]] <- w1[w1 != 0]; a0[names(w0)[w0 != 0]] <- w0[w0 != 0]
    change(composite, a1, a0, map$constants[[composite]] - map0$constants[[composite]])
  }
}
contrasts <- do.call(rbind, contrasts)

write_exact <- function(d, name) {
  for (v in names(d)) if (is.numeric(d[[v]])) d[[v]] <- ifelse(is.na(d[[v]]), "", sprintf("%.15g", d[[v]]))
  write.csv(d, file.path(folder, name), row.names = FALSE, quote = FALSE)
}
write_exact(levels, "levels.csv")
write_exact(intervals, "intervals.csv")
write_exact(contrasts, "contrasts.csv")
cat(R.version.string, "survey", as.character(packageVersion("survey")), "\n", file = file.path(folder, "made_with.txt"))
