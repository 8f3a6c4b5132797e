# Reference numbers for the Fay-Herriot model, written in matrix form in base R from the books' formulas
# (Rao and Molina 2015, ch. 5-6), with no package and none of the project's shortcuts.
#
#   Rscript small_area.R FOLDER
#
# FOLDER holds areas.csv (simulated; see small_area/make_areas.py). Writes estimates.csv, one row an area,
# and models.csv, one row a case.
options(digits = 17)
folder <- commandArgs(trailingOnly = TRUE)[1]
areas <- read.csv(file.path(folder, "areas.csv"), colClasses = c(area = "character"))
covariates <- list(spread = c("x1", "x2"), even = character(0), flat = c("x1", "x2"))

projector <- function(a, psi, x) {
  inverse <- solve(diag(a + psi))
  inverse - inverse %*% x %*% solve(t(x) %*% inverse %*% x) %*% t(x) %*% inverse
}
restricted <- function(a, y, psi, x) { # restricted log-likelihood, but for a constant
  v <- diag(a + psi)
  p <- projector(a, psi, x)
  drop(-0.5 * (determinant(v)$modulus + determinant(t(x) %*% solve(v) %*% x)$modulus + t(y) %*% p %*% y))
}
score <- function(a, y, psi, x) { # its derivative in a
  p <- projector(a, psi, x)
  drop(-0.5 * (sum(diag(p)) - t(y) %*% p %*% p %*% y))
}
model_variance <- function(y, psi, x) {
  top <- optimize(restricted, c(0, 50 * var(y)), y, psi, x, maximum = TRUE, tol = 1e-10)$maximum
  if (restricted(0, y, psi, x) >= restricted(top, y, psi, x) || score(0, y, psi, x) <= 0) return(0)
  uniroot(score, c(0.5 * top, 2 * top), y, psi, x, tol = 1e-15, maxiter = 10000)$root
}

rows <- list(); models <- list()
for (case in names(covariates)) {
  d <- areas[areas$case == case, ]
  whole <- cbind(1, as.matrix(d[covariates[[case]]]))
  seen <- !is.na(d$y)
  y <- d$y[seen]; psi <- d$psi[seen]; x <- whole[seen, , drop = FALSE]
  a <- model_variance(y, psi, x)
  v <- diag(a + psi)
  spread_b <- solve(t(x) %*% solve(v) %*% x)
  b <- spread_b %*% t(x) %*% solve(v) %*% y
  variance_a <- 2 / sum(diag(solve(v) %*% solve(v))) # inverse Fisher information of a
  for (at in seq_len(nrow(d))) {
    l <- whole[at, ]
    if (seen[at]) {
      unit <- as.numeric(cumsum(seen)[at] == seq_along(y)) # picks the area's own error
      row_b <- a * unit %*% solve(v)                       # b' = G Z' V^-1 of the general mixed model
      value <- drop(l %*% b + row_b %*% (y - x %*% b))
      g1 <- drop(a - row_b %*% (a * unit))
      left <- l - drop(row_b %*% x)
      g2 <- drop(left %*% spread_b %*% left)
      slope <- unit %*% solve(v) - a * unit %*% solve(v) %*% solve(v) # derivative of b' in a
      g3 <- drop(slope %*% v %*% t(slope)) * variance_a
    } else {
      value <- drop(l %*% b); g1 <- a; g2 <- drop(l %*% spread_b %*% l); g3 <- 0
    }
    rows[[length(rows) + 1]] <- data.frame(case, area = d$area[at], estimate = value, g1, g2, g3, mse = g1 + g2 + 2 * g3)
  }
  models[[length(models) + 1]] <- data.frame(case, model_variance = a, coefficient = paste(sprintf("%.15g", b), collapse = ";"),
                                             coefficient_se = paste(sprintf("%.15g", sqrt(diag(spread_b))), collapse = ";"))
}
write_exact <- function(d, name) {
  for (v in names(d)) if (is.numeric(d[[v]])) d[[v]] <- sprintf("%.15g", d[[v]])
  write.csv(d, file.path(folder, name), row.names = FALSE, quote = FALSE)
}
write_exact(do.call(rbind, rows), "estimates.csv")
write_exact(do.call(rbind, models), "models.csv")
cat(R.version.string, "base R only\n", file = file.path(folder, "made_with.txt"))
