# Reference sizes of detectable differences, in units of the standard error: the noncentrality at which a
# two-sided t test at alpha / tests is passed, on the right side, with power 0.8.
#
#   Rscript detectable.R FOLDER
#
# Base R. Writes sizes.csv (df, tests, t, delta, how): by R's own pt(ncp = ) where it is good (below 37.62),
# else by integrating the normal tail over the spread of the standard error, sqrt(chi-squared / df).
options(digits = 17)
folder <- commandArgs(trailingOnly = TRUE)[1]
alpha <- 0.05; power <- 0.8

by_pt <- function(delta, t, df) pt(t, df, ncp = delta, lower.tail = FALSE)
by_integral <- function(delta, t, df) {
  # P(Z > t s - delta), s with density 2 df s dchisq(df s^2, df); the integrand falls where s = delta / t.
  f <- function(s) pnorm(t * s - delta, lower.tail = FALSE) * 2 * df * s * dchisq(df * s^2, df)
  knee <- delta / t
  cuts <- c(0, knee - 40 / t, knee - 8 / t, knee, knee + 8 / t, knee + 40 / t)
  cuts <- sort(unique(pmax(cuts, 0)))
  parts <- mapply(function(a, b) integrate(f, a, b, rel.tol = 1e-12, subdivisions = 2000L)$value,
                  head(cuts, -1), tail(cuts, -1))
  sum(parts)
}

rows <- list()
for (df in c(1, 2, 3, 5, 9, 14, 34, 43, 200)) for (tests in c(1, 5, 9, 27, 104, 1430)) {
  t <- qt(alpha / (2 * tests), df, lower.tail = FALSE)
  upper <- 3 * t + 10
  how <- if (upper < 37.62) "pt" else "integral"
  passed <- if (how == "pt") by_pt else by_integral
  delta <- uniroot(function(d) passed(d, t, df) - power, c(t / 3, upper), tol = 1e-11)$root
  rows[[length(rows) + 1]] <- data.frame(df, tests, t, delta, how)
}
rows <- do.call(rbind, rows)

# One side of power.t.test: n a group, two groups, df = 2 (n - 1), se = sqrt(2 / n).
known <- power.t.test(n = 18, sd = 1, sig.level = alpha, power = power, type = "two.sample",
                      tol = 1e-11)$delta
rows <- rbind(rows, data.frame(df = 34, tests = 1, t = qt(0.975, 34), delta = known / sqrt(2 / 18),
                               how = "power.t.test"))
for (v in c("t", "delta")) rows[[v]] <- sprintf("%.15g", rows[[v]])
write.csv(rows, file.path(folder, "sizes.csv"), row.names = FALSE, quote = FALSE)
cat(R.version.string, "\n", file = file.path(folder, "made_with.txt"))
