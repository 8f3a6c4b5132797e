# The project's own reference cases for run_oracle.py, made with R's survey package.
#
#   Rscript cases.R FOLDER
#
# Simulates the data (nobody's answers) and writes data/*.csv and cases.json into FOLDER, in the format that
# oracle_case.py reads: one case is a data file, a design (as svydesign takes it), a statistic, a domain and R's
# numbers. Needs library(survey) only. tests/reference/cases holds what it wrote.
suppressMessages(library(survey))
options(digits = 17, warn = -1, survey.ultimate.cluster = FALSE)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "cases_lib.R"))
start(commandArgs(trailingOnly = TRUE)[1])

# ---- data -------------------------------------------------------------------------------------------------
# 4 strata, 4 to 6 of 20 PSUs, 3 of 9 households, 2 to 3 people: answers missing at random, codes, truth values.
set.seed(324)
people <- do.call(rbind, lapply(1:4, function(h) do.call(rbind, lapply(seq_len(3 + h), function(i) {
  level <- rnorm(1, 2 * h, 1)
  do.call(rbind, lapply(1:3, function(j) {
    n <- sample(2:3, 1)
    data.frame(st = h, psu = 100 * h + i, hh = j, person = seq_len(n), nst = 20, nhh = 9, share = (3 + h) / 20,
               w = round(20 / (3 + h) * 3 * runif(n, 0.6, 1.6), 3), y = round(rnorm(n, 10 + level, 3), 2),
               x = round(rexp(n, 0.2) + 1, 2), b = rbinom(n, 1, plogis(level / 4 - 1)), k = sample(1:3, n, TRUE),
               lg = sample(c(TRUE, FALSE), n, TRUE), g = sample(c("p", "q", "r"), n, TRUE),
               s = sample(c("f", "m"), n, TRUE), inc = sample(1:8, n, TRUE) * 50000)
  }))
}))))
people$hhid <- people$psu * 10 + people$hh; people$id <- seq_len(nrow(people))
for (v in c("y", "b", "k", "lg")) people[[v]][sample(nrow(people), 12)] <- NA
people$w0 <- ifelse(people$id %% 11 == 0, 0, people$w)
people$big <- people$y > 16
write_data(people, "people.csv")
# 6 strata of two PSUs, for half-samples.
pairs <- data.frame(st = rep(1:6, each = 20), psu = rep(1:12, each = 10), w = round(runif(120, 1, 6), 2))
pairs$y <- round(rnorm(120, 50 + pairs$psu, 8), 1); pairs$v <- round(rlnorm(120, 3), 1)
pairs$yes <- rbinom(120, 1, plogis(pairs$psu / 6 - 1)); pairs$g <- sample(c("a", "b", "c"), 120, TRUE)
pairs$y[sample(120, 9)] <- NA
write_data(pairs, "pairs.csv")
# Strata of one PSU.
alone <- data.frame(st = c(1, 1, 2, 2, 2, 3, 4, 4, 5, 6, 6), psu = 1:11)[rep(1:11, c(6, 5, 7, 4, 6, 9, 5, 6, 8, 4, 5)), ]
alone$w <- round(runif(nrow(alone), 1, 4), 2); alone$y <- round(rnorm(nrow(alone), 20 + alone$st, 4), 2)
alone$g <- sample(c("a", "b"), nrow(alone), TRUE); alone$b <- rbinom(nrow(alone), 1, 0.4)
write_data(alone, "alone.csv")
# A simple random sample of equal weights: quantiles are ties.
even <- data.frame(w = 30.97, n = 6194, v = sample(100:900, 200, TRUE), u = round(rlnorm(200, 2), 3),
                   g = sample(c("a", "b"), 200, TRUE))
write_data(even, "even.csv")

ONE <- D("people.csv", ids = "psu", strata = "st", weights = "w", fpc = "nst")
PLAIN <- D("people.csv", ids = "psu", strata = "st", weights = "w")
TWO <- D("people.csv", ids = c("psu", "hhid"), strata = "st", weights = "w", fpc = c("nst", "nhh"))
NEST <- D("people.csv", ids = c("psu", "hh"), strata = "st", weights = "w", fpc = c("nst", "nhh"), nest = TRUE)
NONE <- D("people.csv", ids = c("psu", "hhid"), strata = "st", fpc = c("nst", "nhh"))
SHARE <- D("people.csv", ids = "psu", strata = "st", weights = "w", fpc = "share")
ZERO <- D("people.csv", ids = "psu", strata = "st", weights = "w0", fpc = "nst")
PAIRS <- D("pairs.csv", ids = "psu", strata = "st", weights = "w")
ALONE <- D("alone.csv", ids = "psu", strata = "st", weights = "w")
EVEN <- D("even.csv", weights = "w", fpc = "n")
women <- list(W("s", "==", "f"))

# ---- means, totals, ratios, shares ------------------------------------------------------------------------
for (d in c("ONE", "PLAIN", "TWO", "NEST", "NONE", "SHARE", "ZERO")) {
  case_mean(paste0("mean.", d), get(d), c("y", "x", "b"), deff = TRUE)
  case_total(paste0("total.", d), get(d), c("y", "x"), women, deff = TRUE)
}
case_mean("mean.nothing", D("people.csv", ids = "psu", strata = "st"), c("y", "x"))
case_mean("mean.ne.missing", TWO, "x", list(W("k", "!=", 2)))
case_mean("mean.in.one", TWO, "x", list(W("g", "in", "p")))
case_mean("mean.in", TWO, "x", list(W("k", "in", c(1, 3)), W("y", "<=", 15)))
case_mean("mean.logical", TWO, "y", list(W("lg", "==", TRUE)))
case_mean("mean.onepsu", TWO, c("y", "x"), list(W("psu", "==", 101)))
case_mean("mean.nobody", PLAIN, "y", list(W("x", ">", 1e6)))
case_by("by.k", TWO, c("y", "x"), "k"); case_by("by.lg", TWO, "x", "lg"); case_by("by.inc", ONE, "y", "inc")
case_by("by.two", PLAIN, c("y", "b"), c("s", "g"), women); case_by("by.total", TWO, c("y", "x"), c("lg", "s"), total = TRUE)
case_by("by.zero", ZERO, "y", "g"); case_by("by.psu", TWO, "y", "psu")
for (v in c("g", "k", "lg", "inc", "s")) case_prop(paste0("prop.", v), TWO, v)
case_prop("prop.domain", PLAIN, "g", list(W("k", "==", 1))); case_prop("prop.level", TWO, "g", list(W("g", "in", c("p", "q"))))
case_prop("prop.nodeff", ONE, "s", deff = FALSE)
case_ratio("ratio", TWO, "y", "x"); case_ratio("ratio.domain", PLAIN, "x", "inc", women); case_ratio("ratio.adjust", lone(ALONE, "adjust"), "y", "b")
case_joint("joint", TWO, list(IT("y"), IT("x"), IT("y", women, "yw"), IT("b", list(W("g", "==", "q")), "bq")),
           list(a = c(1, -1, 0, 0), b = c(1, 0, -1, 0), c = c(0, 0.5, 0, 2)))
case_joint("joint.zero", ZERO, list(IT("y"), IT("x", women, "xw")), list(d = c(1, -1)))
for (l in c(0.8, 0.95)) for (d in c("TWO", "PLAIN")) case_share(paste("share", d, l, sep = "."), get(d), "b", 1, level = l)
case_share("share.k", ONE, "k", 2, women); case_share("share.lg", TWO, "lg", TRUE); case_share("share.none", TWO, "g", "p", list(W("st", "==", 3)))

# ---- quantiles --------------------------------------------------------------------------------------------
rules <- c("math", "school", "shahvaish", paste0("hf", 1:9))
for (r in rules) {
  case_quantile(paste0("quantile.people.", r), TWO, "y", c(0.02, 0.25, 0.5, 0.9), qrule = r)
  case_quantile(paste0("quantile.ties.", r), PLAIN, "k", c(0.1, 0.5, 0.95), women, qrule = r)
  case_quantile(paste0("quantile.even.", r), EVEN, "v", c(0.05, 0.25, 0.5, 0.7, 0.75, 0.9), qrule = r)
  case_quantile(paste0("quantile.score.", r), ONE, "y", c(0.25, 0.5, 0.75), qrule = r, interval = "score")
  case_quantile(paste0("quantile.evenscore.", r), EVEN, "u", c(0.2, 0.5, 0.8), list(W("g", "==", "a")), qrule = r, interval = "score", level = 0.9)
}
for (t in c("beta", "xlogit", "asin")) case_quantile(paste0("quantile.", t), TWO, "x", c(0.1, 0.5, 0.9), interval = t, level = 0.9)
case_quantile("quantile.largest", PLAIN, "b", c(0.2, 0.9)); case_quantile("quantile.zero", ZERO, "y", c(0.1, 0.5))

# ---- tests and models -------------------------------------------------------------------------------------
case_chisq("chisq", TWO, "g", "s"); case_chisq("chisq.codes", PLAIN, "k", "lg", women); case_chisq("chisq.b", ONE, "b", "g")
case_chisq("chisq.some", PLAIN, "g", "k", stats = c("F", "Chisq")); case_chisq("chisq.all", TWO, "s", "b", stats = c("F", "Chisq", "Wald", "adjWald", "saddlepoint"))
case_chisq("chisq.alone", lone(ALONE, "certainty"), "g", "b")
case_glm("glm.linear", TWO, y ~ x + g + s, "gaussian", terms = c("g", "g + s", "x"))
case_glm("glm.logistic", PLAIN, b ~ y + factor(k) + lg, "binomial", women, terms = c("factor(k)", "lg"))
case_glm("glm.poisson", ONE, k ~ x + s * g, "poisson", terms = c("s:g"))
case_glm("glm.offset", TWO, k ~ s + offset(log(x)), "poisson"); case_glm("glm.offsets", TWO, y ~ offset(x) + g + offset(k / 2), "gaussian")
case_glm("glm.cut", TWO, y ~ cut(x, c(0, 3, 6, 100)) + as.numeric(g), "gaussian", terms = "cut(x, c(0, 3, 6, 100))")
case_glm("glm.words", PLAIN, I(y > 15 & s == "f") ~ relevel(g, ref = "q") + I(x^2) + log(x) + ifelse(k == 2, 1, 0), "binomial")
case_glm("glm.crossed", TWO, y ~ g / x + s:k, "gaussian", terms = c("g:x", "k:s")); case_glm("glm.power", TWO, y ~ (g + s + x)^2, "gaussian")
case_glm("glm.none", PLAIN, y ~ 0 + g + x, "gaussian"); case_glm("glm.poly", TWO, x ~ poly(w, 2) + scale(inc) + lg, "gaussian")
case_glm("glm.zero", ZERO, y ~ g, "gaussian"); case_glm("glm.alone", lone(ALONE, "average"), y ~ g, "gaussian")
case_glm("glm.in", TWO, as.numeric(g %in% c("p", "q")) ~ sqrt(x), "binomial"); case_glm("glm.response", TWO, g ~ x, "binomial", list(W("g", "in", c("p", "r"))))
case_ttest("ttest", TWO, "y", "s"); case_ttest("ttest.lg", PLAIN, "x", "lg", women); case_ttest("ttest.b", ONE, "inc", "b")

# ---- lone PSUs --------------------------------------------------------------------------------------------
for (o in c("adjust", "average", "certainty", "remove")) for (a in c(FALSE, TRUE)) {
  tag <- paste(o, if (a) "domains" else "strata", sep = ".")
  case_mean(paste0("alone.", tag), lone(ALONE, o, a), c("y", "b")); case_mean(paste0("alone.a.", tag), lone(ALONE, o, a), "y", list(W("g", "==", "a"), W("y", ">", 22)))
  case_mean(paste0("alone.5.", tag), lone(ALONE, o, a), "y", list(W("st", "==", 5)))
}
VILLAGES <- D("people.csv", ids = c("psu", "hhid"), strata = c("st", "s"), weights = "w", fpc = c("nst", "nhh"))
for (o in c("average", "adjust")) case_mean(paste0("alone.villages.", o), lone(VILLAGES, o), c("y", "x"))

# ---- calibrated weights -----------------------------------------------------------------------------------
sexes <- list(s = c("f", "m"), Freq = c(1100, 900)); kinds <- list(g = c("p", "q", "r"), Freq = c(700, 800, 500))
crossed <- list(s = rep(c("f", "m"), 3), g = rep(c("p", "q", "r"), each = 2), Freq = c(400, 300, 450, 350, 250, 250))
case_calibrated("cal.poststratify", TWO, list(method = "poststratify", by = "g", pop = kinds), c("y", "x"), women)
case_calibrated("cal.crossed", PLAIN, list(method = "poststratify", by = c("s", "g"), pop = crossed), c("y", "b"))
case_calibrated("cal.codes", ONE, list(method = "poststratify", by = "inc", pop = list(inc = 1:8 * 50000L, Freq = 200 + 1:8)), "y")
case_calibrated("cal.rake", TWO, list(method = "rake", margins = list(list(by = "s", pop = sexes), list(by = "g", pop = kinds))), c("y", "x"))
case_calibrated("cal.rake.crossed", PLAIN, list(method = "rake", margins = list(list(by = c("s", "g"), pop = crossed), list(by = "inc", pop = list(inc = 1:8 * 50000L, Freq = rep(250, 8))))), c("y", "x"))
case_calibrated("cal.linear", TWO, list(method = "linear", formula = "~x + g", totals = list(`(Intercept)` = 2000, x = 13000, gq = 800, gr = 500)), c("y", "x"), women)
case_calibrated("cal.factor", PLAIN, list(method = "linear", formula = "~factor(inc > 2e+05) + I(x/10)", totals = list(`(Intercept)` = 2000, `factor(inc > 2e+05)TRUE` = 1000, `I(x/10)` = 1300)), "y")
case_calibrated("cal.crossed.linear", TWO, list(method = "linear", formula = "~s * g", totals = list(`(Intercept)` = 2000, sm = 900, gq = 800, gr = 500, `sm:gq` = 350, `sm:gr` = 250)), c("y", "x"))
case_calibrated("cal.raking", TWO, list(method = "raking", formula = "~x", totals = list(`(Intercept)` = 2000, x = 13000), bounds = c(0.3, 4)), c("y", "x"))
case_calibrated("cal.logit", PLAIN, list(method = "logit", formula = "~x - 1", totals = list(x = 13000), bounds = c(0.2, 4)), c("y", "x"), women)
case_calibrated("cal.alone", lone(ALONE, "adjust", TRUE), list(method = "poststratify", by = "g", pop = list(g = c("a", "b"), Freq = c(80, 70))), "y", list(W("b", "==", 1)))

# ---- replicate weights ------------------------------------------------------------------------------------
for (k in list(c("BRR", "v"), c("Fay", "y"), c("JKn", "y"))) case_replicate(paste0("rep.", k[1]), PAIRS, k[1], c("y", "yes"), file = paste0("rw_", k[1], ".csv"), fay.rho = if (k[1] == "Fay") 0.3)
case_replicate("rep.BRR.few", PAIRS, "BRR", c("y", "v"), list(W("st", "==", 2), W("g", "==", "a")), file = "rw_BRR.csv")
case_replicate("rep.JKn.onepsu", PAIRS, "JKn", "v", list(W("psu", "==", 3)), file = "rw_JKn.csv")
case_replicate("rep.bootstrap", PLAIN, "subbootstrap", c("y", "x"), list(W("psu", "in", c(101, 102))), file = "rw_boot.csv", replicates = 40, seed = 5)
case_replicate("rep.JK1", D("pairs.csv", ids = "psu", weights = "w"), "JK1", "v", list(W("g", "==", "b")), file = "rw_JK1.csv")
finish()
