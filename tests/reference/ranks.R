# Reference sets of ranks, written in base R from the papers' definitions, with R's own random numbers.
#
#   Rscript ranks.R FOLDER
#
# FOLDER holds places.csv (case, place, estimate) and covariances.csv (case, row, column, value), simulated.
# Writes sets.csv (case, method, place, rank_low, rank_high) and critical_values.csv (case, df, value, with
# the value's own simulation error).
options(digits = 17)
folder <- commandArgs(trailingOnly = TRUE)[1]
draws <- 400000
level <- 0.95
degrees <- c(independent = Inf, correlated = Inf, few_df = 6)
places <- read.csv(file.path(folder, "places.csv"), stringsAsFactors = FALSE)
entries <- read.csv(file.path(folder, "covariances.csv"), stringsAsFactors = FALSE)
set.seed(91)

# Largest standardised difference over the pairs that are open, for each draw (Mogstad et al. 2024, sec. 3).
largest <- function(noise, se, open) {
  out <- rep(-Inf, nrow(noise))
  for (j in seq_len(ncol(noise))) for (k in seq_len(ncol(noise))) {
    if (open[j, k]) out <- pmax(out, (noise[, j] - noise[, k]) / se[j, k])
  }
  out
}
set_of <- function(better) { # better[j, k]: j told apart as better than k
  data.frame(rank_low = 1 + colSums(better), rank_high = nrow(better) - rowSums(better))
}

sets <- list(); values <- list()
for (case in names(degrees)) {
  y <- places$estimate[places$case == case]
  count <- length(y)
  own <- entries[entries$case == case, ]
  vcov <- matrix(0, count, count)
  vcov[cbind(own$row, own$column)] <- own$value
  se <- sqrt(outer(diag(vcov), diag(vcov), "+") - 2 * vcov)
  gap <- outer(y, y, "-")
  df <- degrees[[case]]
  noise <- matrix(rnorm(draws * count), draws) %*% chol(vcov)
  if (is.finite(df)) noise <- noise / sqrt(rchisq(draws, df) / df)
  open <- !diag(TRUE, count)
  found <- list()
  for (step in 1:count) {
    sample <- largest(noise, se, open)
    value <- quantile(sample, level, type = 1, names = FALSE)
    if (step == 1) {
      density <- diff(quantile(sample, level + c(-0.002, 0.002), names = FALSE)) / 0.004
      values[[case]] <- data.frame(case, df, value, simulation_error = sqrt(level * (1 - level) / draws) * density)
    }
    found[[step]] <- open & gap / ifelse(se > 0, se, 1) > value
    open <- open & !found[[step]]
    if (!any(found[[step]])) break
  }
  # Klein, Wright and Wieczorek (2020): whole intervals apart, each at level^(1/count).
  half <- qt((1 + level^(1 / count)) / 2, df) * sqrt(diag(vcov))
  apart <- outer(y - half, y + half, ">")
  name <- places$place[places$case == case]
  for (method in c("mogstad", "mogstad_stepdown", "klein")) {
    better <- switch(method, mogstad = found[[1]], mogstad_stepdown = Reduce(`|`, found), klein = apart)
    sets[[length(sets) + 1]] <- data.frame(case, method, place = name, set_of(better))
  }
}
write_exact <- function(d, name) {
  for (v in names(d)) if (is.numeric(d[[v]])) d[[v]] <- sprintf("%.15g", d[[v]])
  write.csv(d, file.path(folder, name), row.names = FALSE, quote = FALSE)
}
write_exact(do.call(rbind, sets), "sets.csv")
write_exact(do.call(rbind, values), "critical_values.csv")
cat(R.version.string, "base R only\n", file = file.path(folder, "made_with.txt"))
