# Reference numbers for item analysis, made with R.
#
#   Rscript items.R FOLDER
#
# Writes responses.csv (simulated here, nobody's answers), keys.csv, items.csv (case, item, name, value) and
# made_with_items.txt into FOLDER. Needs psych, eRm and numDeriv.
suppressMessages({library(psych); library(eRm); library(numDeriv)})
options(digits = 17)
folder <- commandArgs(trailingOnly = TRUE)[1]
write_exact <- function(d, name) {
  for (v in names(d)) if (is.double(d[[v]])) d[[v]] <- ifelse(is.na(d[[v]]), "", sprintf("%.15g", d[[v]]))
  write.csv(d, file.path(folder, name), row.names = FALSE, quote = FALSE, na = "")
}

# 180 people, 12 items of four options, some left open.
set.seed(125)
n <- 180; k <- 12
key <- sample(1:4, k, replace = TRUE)
difficulty <- seq(-1.6, 1.6, length.out = k)
ability <- rnorm(n, .3, 1)
right <- matrix(runif(n * k), n) < plogis(outer(ability, difficulty, "-") * 1.2)
chosen <- matrix(0L, n, k)
for (j in 1:k) for (i in 1:n) {
  others <- setdiff(1:4, key[j])
  chosen[i, j] <- if (right[i, j]) key[j] else sample(others, 1, prob = c(.55, .35, .10))
}
chosen[sample(n * k, 40)] <- 0L
names <- sprintf("Q%02d", 1:k)
letters4 <- c("", "A", "B", "C", "D")
responses <- as.data.frame(matrix(letters4[chosen + 1], n)); names(responses) <- names
write_exact(responses, "responses.csv")
write_exact(data.frame(item = names, key = letters4[key + 1]), "keys.csv")

rows <- list()
keep <- function(case, item, name, value)
  rows[[length(rows) + 1]] <<- data.frame(case, item, name, value = as.numeric(value))
x <- as.data.frame((chosen == matrix(key, n, k, byrow = TRUE)) * 1); names(x) <- names
total <- rowSums(x)

a <- alpha(x, warnings = FALSE)
keep("test", "", c("alpha", "se", "low", "high"), c(a$total$raw_alpha, a$total$ase, a$feldt$lower.ci[[1]], a$feldt$upper.ci[[1]]))
keep("test", names, "item_rest", a$item.stats$r.drop)
keep("test", names, "facility", a$item.stats$mean)
keep("test", names, "alpha_without", a$alpha.drop$raw_alpha)

# SEM from the two-way table of people and items: k times the residual mean square.
long <- data.frame(y = unlist(x), p = factor(rep(1:n, k)), i = factor(rep(1:k, each = n)))
ms <- anova(lm(y ~ p + i, long))["Residuals", "Mean Sq"]
keep("test", "", "sem", sqrt(k * ms))

# Upper and lower 27 %, ties at the cut sharing the places.
tail_weight <- function(t, size) {
  cut <- sort(t, decreasing = TRUE)[size]
  (t > cut) + (t == cut) * (size - sum(t > cut)) / sum(t == cut)
}
size <- round(.27 * n)
upper <- tail_weight(total, size); lower <- tail_weight(-total, size)
keep("test", names, "upper_lower", colSums(upper * x) / size - colSums(lower * x) / size)

# Options.
s <- score.multiple.choice(key, chosen, short = FALSE)
for (j in 1:k) {
  rest <- total - x[[j]]
  for (o in 0:4) {
    picked <- chosen[, j] == o
    letter <- if (o == 0) "open" else letters4[o + 1]
    keep("option", names[j], paste0("chosen_", letter), mean(picked))
    if (any(picked)) {
      keep("option", names[j], paste0("rest_mean_", letter), mean(rest[picked]))
      keep("option", names[j], paste0("rest_r_", letter), cor(picked, rest))
    }
  }
}
keep("psych", names, "whole_r", s$item.stats[, "r"])

# Moodle's two by their definition.
for (j in 1:k) {
  rest <- total - x[[j]]
  keep("moodle", names[j], "discrimination_index", 100 * cor(x[[j]], rest))
  keep("moodle", names[j], "discriminative_efficiency", 100 * cov(x[[j]], rest) / cov(sort(x[[j]]), sort(rest)))
}
keep("moodle", names, "effective_weight", 100 * sqrt(sapply(x, cov, total)) / sum(sqrt(sapply(x, cov, total))))

# Rasch: eRm, whose standard errors come from a numerical Hessian, and the same likelihood by numDeriv.
r <- RM(x)
keep("rasch", names, "difficulty", -r$betapar)
keep("rasch", names, "se_erm", r$se.beta)
keep("rasch", "", "log_likelihood", r$loglik)
symmetric <- function(e) { g <- 1; for (one in e) g <- c(g, 0) + c(0, g) * one; g }
used <- x[total > 0 & total < k, ]
conditional <- function(free) {  # easiness of all but the last; their sum is 0
  b <- c(free, -sum(free)); g <- symmetric(exp(b))
  sum(colSums(used) * b) - sum(log(g[rowSums(used) + 1]))
}
start <- -(-r$betapar)[1:(k - 1)]
best <- optim(start, conditional, method = "BFGS", control = list(fnscale = -1, reltol = 1e-16, maxit = 500))
v <- solve(-hessian(conditional, best$par))
m <- rbind(diag(k - 1), -1)
keep("rasch", names, "se", sqrt(diag(m %*% v %*% t(m))))

write_exact(do.call(rbind, rows), "items.csv")
packages <- c("psych", "eRm", "numDeriv")
writeLines(c(R.version.string, paste(packages, sapply(packages, function(p) as.character(packageVersion(p))))),
           file.path(folder, "made_with_items.txt"))
