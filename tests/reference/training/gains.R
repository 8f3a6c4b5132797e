# Reference numbers for the measures of learning, made with R.
#
#   Rscript gains.R FOLDER
#
# Writes learners.csv (simulated here, nobody's marks), gains.csv (case, name, value) and made_with.txt into FOLDER.
# Needs lme4 and clubSandwich. Changes have no ties and no zeros in the case "exact", where wilcox.test is exact.
suppressMessages({library(lme4); library(clubSandwich)})
options(digits = 17)
folder <- commandArgs(trailingOnly = TRUE)[1]
write_exact <- function(d, name) {
  for (v in names(d)) if (is.double(d[[v]])) d[[v]] <- ifelse(is.na(d[[v]]), "", sprintf("%.15g", d[[v]]))
  write.csv(d, file.path(folder, name), row.names = FALSE, quote = FALSE, na = "")
}

# 12 classes of 15 to 25, marks in quarters of a point; a few learners have no second mark.
set.seed(324)
size <- sample(15:25, 12, replace = TRUE)
d <- data.frame(class_id = rep(sprintf("K%02d", 1:12), size))
d$participant <- sprintf("P%03d", seq_len(nrow(d)))
d$group <- sample(c("commune", "district", "province"), nrow(d), replace = TRUE, prob = c(.6, .25, .15))
ability <- rnorm(nrow(d), 5, 1.4)
effect <- rnorm(12, 1, .6)[match(d$class_id, sprintf("K%02d", 1:12))]
quarter <- function(x) pmin(pmax(round(x * 4) / 4, 0), 10)
d$before <- quarter(ability + rnorm(nrow(d), 0, .7))
d$after <- quarter(ability + effect + (d$group == "district") * .4 + rnorm(nrow(d), 0, .7))
d$after[sample(nrow(d), 22)] <- NA
write_exact(d, "learners.csv")

rows <- list()
keep <- function(case, name, value) rows[[length(rows) + 1]] <<- data.frame(case, name, value = as.numeric(value))
keep_test <- function(case, t) {
  keep(case, c("t", "df", "p", "low", "high"), c(t$statistic, t$parameter, t$p.value, t$conf.int))
}
both <- d[!is.na(d$after), ]
change <- both$after - both$before

keep_test("paired", t.test(both$after, both$before, paired = TRUE))
w <- wilcox.test(both$after, both$before, paired = TRUE, exact = FALSE)
keep("wilcoxon", c("v", "p"), c(w$statistic, w$p.value))
exact <- c(1.37, -.52, 2.41, .83, 1.94, -.11, 3.07, .29, 1.15, 2.76, -.94, 1.61)
w <- wilcox.test(exact, conf.int = TRUE)
keep("exact", c("v", "p", "estimate", "low", "high"), c(w$statistic, w$p.value, w$estimate, w$conf.int))
gone <- is.na(d$after)
keep_test("welch", t.test(d$before[gone], d$before[!gone]))
keep("welch", "difference", mean(d$before[gone]) - mean(d$before[!gone]))

# Noncentral ends of d_z.
ends <- function(t, df) sapply(c(.975, .025), function(share)
  uniroot(function(nc) suppressWarnings(pt(t, df, nc)) - share, c(t - 20, t + 20), tol = 1e-13)$root)
t <- t.test(change)
keep("d_z", c("estimate", "low", "high"), c(mean(change) / sd(change), ends(t$statistic, t$parameter) / sqrt(length(change))))

# Shares.
p <- prop.test(sum(change > 0), length(change), correct = FALSE)
keep("improved", c("estimate", "low", "high"), c(p$estimate, p$conf.int))
r <- cor.test(both$before, both$after)
keep("correlation", c("estimate", "low", "high"), c(r$estimate, r$conf.int))

# Analysis of covariance.
both$group <- relevel(factor(both$group), "commune")
m <- lm(after ~ before + group, both)
keep("ancova", paste0(names(coef(m)), "|estimate"), coef(m))
keep("ancova", paste0(names(coef(m)), "|se"), sqrt(diag(vcov(m))))
f <- anova(lm(after ~ before, both), m)
keep("ancova", c("f", "p", "r2", "df"), c(f$F[2], f$`Pr(>F)`[2], summary(m)$r.squared, m$df.residual))
g <- anova(m, lm(after ~ before * group, both))
keep("ancova", c("slopes_f", "slopes_p"), c(g$F[2], g$`Pr(>F)`[2]))
at <- data.frame(before = mean(both$before), group = levels(both$group))
a <- predict(m, at, se.fit = TRUE)
keep("ancova", paste0(at$group, "|adjusted"), a$fit)
keep("ancova", paste0(at$group, "|adjusted_se"), a$se.fit)

# Classes as random intercepts.
both$change <- change
tight <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10))
m <- lmer(change ~ 1 + (1 | class_id), both, control = tight)
v <- as.data.frame(VarCorr(m))$sdcor
keep("mixed", c("estimate", "se", "class_sd", "residual_sd", "log_likelihood"),
     c(fixef(m), sqrt(vcov(m)[1, 1]), v, logLik(m)))
keep("mixed", paste0(rownames(ranef(m)$class_id), "|drawn"), coef(m)$class_id[, 1])
m <- lmer(after ~ before + group + (1 | class_id), both, control = tight)
keep("mixed_groups", paste0(names(fixef(m)), "|estimate"), fixef(m))
keep("mixed_groups", paste0(names(fixef(m)), "|se"), sqrt(diag(as.matrix(vcov(m)))))

# Seven classes: CR2.
few <- both[both$class_id <= "K07", ]
for (one in list(list("cr2", lm(change ~ 1, few)), list("cr2_groups", lm(after ~ before + group, few)))) {
  k <- coef_test(one[[2]], vcov = "CR2", cluster = few$class_id)
  keep(one[[1]], paste0(names(coef(one[[2]])), "|estimate"), coef(one[[2]]))
  keep(one[[1]], paste0(names(coef(one[[2]])), "|se"), k$SE)
  keep(one[[1]], paste0(names(coef(one[[2]])), "|df"), k$df)
}

write_exact(do.call(rbind, rows), "gains.csv")
writeLines(c(R.version.string, paste(c("lme4", "clubSandwich"), sapply(c("lme4", "clubSandwich"), function(p)
  as.character(packageVersion(p))))), file.path(folder, "made_with.txt"))
