# What cases.R calls: a design, a domain, one function a statistic, and a writer of JSON of its own.
.kept <- new.env()
start <- function(folder) { .kept$folder <- folder; .kept$cases <- list(); dir.create(file.path(folder, "data"), FALSE, TRUE) }
number <- function(x) ifelse(is.na(x), ifelse(is.nan(x), "NaN", "NA"), ifelse(is.infinite(x), ifelse(x > 0, "Inf", "-Inf"), sprintf("%.17g", x)))
write_data <- function(d, name) {
  for (v in names(d)) if (is.double(d[[v]])) d[[v]] <- ifelse(is.na(d[[v]]), "NA", sprintf("%.17g", d[[v]]))
  write.csv(d, file.path(.kept$folder, "data", name), row.names = FALSE, quote = FALSE)
}
read_data <- function(name) read.csv(file.path(.kept$folder, "data", name), stringsAsFactors = TRUE)

# JSON: lists with names are objects, what is marked by V() an array, a single value stands alone.
V <- function(x) structure(list(values = unname(x)), class = "array")
M <- function(m) V(lapply(seq_len(nrow(as.matrix(m))), function(i) V(as.matrix(m)[i, ])))
json <- function(x) {
  if (is.null(x)) return("null")
  if (inherits(x, "array")) return(paste0("[", paste(vapply(as.list(x$values), json, ""), collapse = ", "), "]"))
  if (is.list(x) && !is.null(names(x))) return(paste0("{", paste0('"', gsub('"', '\\\\"', names(x)), '": ', vapply(x, json, ""), collapse = ", "), "}"))
  if (is.list(x) || length(x) > 1) return(json(V(as.list(x))))
  if (is.character(x)) return(paste0('"', gsub('"', '\\\\"', x), '"'))
  if (is.logical(x) && !is.na(x)) return(if (x) "true" else "false")
  text <- number(as.numeric(x)); if (text %in% c("NA", "NaN", "Inf", "-Inf")) paste0('"', text, '"') else text
}
finish <- function() {
  lines <- vapply(.kept$cases, json, "")
  writeLines(c('{"cases": [', paste0(lines, c(rep(",", length(lines) - 1), "")), "]}"), file.path(.kept$folder, "cases.json"))
  cat(R.version.string, "survey", as.character(packageVersion("survey")), "\n", file = file.path(.kept$folder, "made_with.txt"))
}

D <- function(data, ids = NULL, strata = NULL, weights = NULL, fpc = NULL, nest = FALSE)
  list(data = data, ids = ids, strata = strata, weights = weights, fpc = fpc, nest = nest, lonely = "fail", adjust_domain_lonely = FALSE)
lone <- function(d, policy, domains = FALSE) { d$lonely <- policy; d$adjust_domain_lonely <- domains; d }
W <- function(var, op, value) list(var = var, op = op, value = value)
IT <- function(var, domain = NULL, name = var) list(name = name, var = var, domain = domain)
terms_of <- function(v) if (is.null(v)) NULL else reformulate(paste0("`", v, "`"))
design_of <- function(d) {
  options(survey.lonely.psu = d$lonely, survey.adjust.domain.lonely = d$adjust_domain_lonely)
  svydesign(ids = if (is.null(d$ids)) ~1 else terms_of(d$ids), strata = terms_of(d$strata), weights = terms_of(d$weights),
            fpc = terms_of(d$fpc), nest = d$nest, data = read_data(d$data))
}
inside <- function(domain, data) {
  keep <- rep(TRUE, nrow(data))
  for (one in domain) {
    x <- data[[one$var]]; if (is.factor(x)) x <- as.character(x)
    met <- switch(one$op, "==" = x == one$value, "!=" = x != one$value, ">" = x > one$value, ">=" = x >= one$value,
                  "<" = x < one$value, "<=" = x <= one$value, "in" = x %in% one$value)
    keep <- keep & !is.na(met) & met
  }
  keep
}
part <- function(design, domain) if (is.null(domain)) design else design[inside(domain, design$variables), ]
known <- function(design, v) design[!is.na(design$variables[[v]]), ]
counted <- function(design) sum(weights(design, "sampling") != 0)
add <- function(id, d, stat, result, vars = NULL, domain = NULL, by = NULL, options = NULL) {
  stopifnot(!id %in% vapply(.kept$cases, `[[`, "", "id"))
  listed <- function(x) if (is.null(x)) NULL else V(x)
  conditions <- function(x) if (is.null(x)) NULL else V(x)
  if (!is.null(options$items)) options$items <- V(lapply(options$items, function(i) { i["domain"] <- list(conditions(i$domain)); i }))
  .kept$cases[[length(.kept$cases) + 1]] <- list(
    id = id, data = d$data, design = list(ids = listed(d$ids), strata = listed(d$strata), weights = d$weights, fpc = listed(d$fpc),
      nest = d$nest, lonely = d$lonely, adjust_domain_lonely = d$adjust_domain_lonely),
    stat = stat, vars = listed(vars), domain = conditions(domain), by = listed(by), options = options, result = result, note = NULL)
}

case_mean <- function(id, d, vars, domain = NULL, deff = FALSE, total = FALSE) {
  design <- part(design_of(d), domain); FUN <- if (total) svytotal else svymean
  one <- function(v, deff = FALSE) FUN(terms_of(v), design, na.rm = TRUE, deff = deff)
  all <- lapply(vars, one); each <- function(f) vapply(all, function(x) as.numeric(f(x)), 0)
  result <- list(names = V(vars), est = V(each(coef)), se = V(each(SE)), n = V(vapply(vars, function(v) counted(known(design, v)), 0)),
                 df = degf(design), df_nonmissing = V(vapply(vars, function(v) degf(known(design, v)), 0)),
                 ci95_t = M(do.call(rbind, lapply(all, confint, df = degf(design)))), ci95_z = M(do.call(rbind, lapply(all, confint))),
                 cv = V(each(function(x) cv(x))))
  if (deff) {
    result$deff_wor <- V(vapply(vars, function(v) as.numeric(deff(one(v, TRUE))), 0))
    result$deff_wr <- V(vapply(vars, function(v) as.numeric(deff(one(v, "replace"))), 0))
  }
  add(id, d, if (total) "total" else "mean", result, vars, domain, options = list(na_rm = TRUE))
}
case_total <- function(...) case_mean(..., total = TRUE)
case_by <- function(id, d, vars, by, domain = NULL, total = FALSE) {
  design <- part(design_of(d), domain); FUN <- if (total) svytotal else svymean
  group <- interaction(design$variables[by], drop = TRUE, sep = "|", lex.order = TRUE)
  rows <- do.call(c, lapply(levels(group), function(level) lapply(vars, function(v) {
    s <- design[!is.na(group) & group == level, ]; n <- counted(known(s, v)); m <- if (n) FUN(terms_of(v), s, na.rm = TRUE)
    list(group = level, var = v, n = n, est = if (n) as.numeric(coef(m)) else NA, se = if (n) as.numeric(SE(m)) else NA,
         df = degf(s), df_nonmissing = if (n) degf(known(s, v)) else 0)
  })))
  add(id, d, if (total) "total_by" else "mean_by", list(rows = V(rows)), vars, domain, by, list(na_rm = TRUE, group_sep = "|"))
}
case_prop <- function(id, d, v, domain = NULL, deff = TRUE) {
  design <- part(design_of(d), domain); levels <- levels(factor(design$variables[[v]]))
  design <- update(design, .y = factor(as.character(design$variables[[v]]), levels = levels))
  m <- svymean(~.y, design, na.rm = TRUE, deff = deff); r <- if (deff) svymean(~.y, design, na.rm = TRUE, deff = "replace")
  add(id, d, "prop", list(names = V(levels), est = V(coef(m)), se = V(SE(m)), vcov = M(vcov(m)), df = degf(design),
      deff_wor = if (deff) V(as.numeric(deff(m))), deff_wr = if (deff) V(as.numeric(deff(r)))), v, domain, options = list(na_rm = TRUE))
}
case_ratio <- function(id, d, num, den, domain = NULL) {
  design <- part(design_of(d), domain); r <- svyratio(terms_of(num), terms_of(den), design, na.rm = TRUE)
  add(id, d, "ratio", list(names = V(paste(num, den, sep = "/")), est = V(as.numeric(coef(r))), se = V(as.numeric(SE(r))), df = degf(design),
      df_nonmissing = degf(known(known(design, num), den)), ci95_t = M(confint(r, df = degf(design)))),
      c(num, den), domain, options = list(num = num, den = den, na_rm = TRUE))
}
case_joint <- function(id, d, items, contrasts) {
  design <- design_of(d); data <- design$variables; K <- length(items)
  stacked <- do.call(cbind, lapply(items, function(i) {
    keep <- inside(i$domain, data) & !is.na(data[[i$var]]); cbind(ifelse(keep, data[[i$var]], 0), as.numeric(keep)) }))
  t <- svytotal(stacked, design); b <- coef(t)[2 * (1:K)]; est <- coef(t)[2 * (1:K) - 1] / b
  J <- matrix(0, K, 2 * K); for (k in 1:K) J[k, 2 * k - 1:0] <- c(1, -est[k]) / b[k]
  C <- J %*% vcov(t) %*% t(J); L <- do.call(rbind, contrasts); e <- as.numeric(L %*% est); v <- L %*% C %*% t(L)
  own <- degf(design[rowSums(stacked[, 2 * (1:K), drop = FALSE]) > 0, ]); s <- sqrt(diag(v))
  add(id, d, "joint_means", list(names = V(vapply(items, `[[`, "", "name")), est = V(est), se = V(sqrt(diag(C))), vcov = M(C),
      df = degf(design), df_domain = own, contrasts = list(names = V(names(contrasts)), L = M(L), est = V(e), se = V(s), vcov = M(v),
      t = V(e / s), p = V(2 * pt(-abs(e / s), degf(design))), p_df_domain = V(2 * pt(-abs(e / s), own)))),
      vapply(items, `[[`, "", "var"), options = list(items = items))
}
case_share <- function(id, d, v, value, domain = NULL, level = 0.95) {
  design <- part(design_of(d), domain)
  design <- update(design, .y = as.numeric(as.character(design$variables[[v]]) == as.character(value)))
  design <- known(design, ".y"); m <- svymean(~.y, design); methods <- c("logit", "xlogit", "likelihood", "asin", "beta", "mean")
  ci <- lapply(methods, function(k) V(as.numeric(confint(svyciprop(~.y, design, method = k, level = level)))))
  add(id, d, "ciprop", list(est = as.numeric(coef(m)), se = as.numeric(SE(m)), df = degf(design), n = counted(design),
      ci = setNames(ci, methods)), v, domain, options = list(value = value, level = level))
}
case_quantile <- function(id, d, v, p, domain = NULL, qrule = "math", interval = "mean", level = 0.95) {
  design <- known(part(design_of(d), domain), v)
  q <- svyquantile(terms_of(v), design, p, qrule = qrule, interval.type = interval, alpha = 1 - level)[[1]]
  add(id, d, "quantile", list(p = V(p), est = V(q[, 1]), ci = M(q[, 2:3, drop = FALSE]), se = V(q[, 4]), df = degf(design)), v, domain,
      options = list(qrule = qrule, interval_type = interval, level = level))
}
case_chisq <- function(id, d, rows, cols, domain = NULL, stats = c("F", "Chisq", "Wald", "adjWald")) {
  design <- known(known(part(design_of(d), domain), rows), cols); f <- reformulate(c(rows, cols)); table <- svytable(f, design)
  tests <- lapply(stats, function(s) { x <- svychisq(f, design, statistic = s)
    list(statistic = as.numeric(x$statistic), parameter = V(as.numeric(x$parameter)), p = as.numeric(x$p.value)) })
  add(id, d, "chisq", list(tests = setNames(tests, stats), table = M(unclass(table)), row_levels = V(rownames(table)),
      col_levels = V(colnames(table))), c(rows, cols), domain, options = list(na_rm = TRUE))
}
case_glm <- function(id, d, formula, family, domain = NULL, terms = NULL) {
  design <- part(design_of(d), domain); kind <- switch(family, gaussian = gaussian(), binomial = quasibinomial(), poisson = quasipoisson())
  g <- svyglm(formula, design, family = kind, control = glm.control(epsilon = 1e-13, maxit = 100)); s <- summary(g)$coefficients
  result <- list(names = V(names(coef(g))), est = V(coef(g)), se = V(SE(g)), vcov = M(vcov(g)), t = V(s[, 3]), p = V(s[, 4]),
                 df_residual = g$df.residual, df = degf(design), n = sum(g$prior.weights != 0))
  for (one in terms) { r <- regTermTest(g, reformulate(one))
    result$term_tests[[one]] <- list(F = as.numeric(r$Ftest), df = as.numeric(r$df), ddf = as.numeric(r$ddf), p = as.numeric(r$p)) }
  add(id, d, "glm", result, all.vars(formula), domain, options = list(formula = paste(deparse(formula, width.cutoff = 400), collapse = ""), family = family))
}
case_ttest <- function(id, d, y, g, domain = NULL) {
  x <- svyttest(as.formula(paste0("`", y, "` ~ `", g, "`")), part(design_of(d), domain))
  add(id, d, "ttest", list(est = as.numeric(x$estimate), t = as.numeric(x$statistic), df = as.numeric(x$parameter), p = as.numeric(x$p.value),
      ci = V(as.numeric(x$conf.int))), c(y, g), domain)
}
case_calibrated <- function(id, d, how, vars, domain = NULL) {
  design <- design_of(d); table <- function(pop) as.data.frame(lapply(pop, function(x) if (is.character(x)) factor(x) else x))
  new <- switch(how$method,
    poststratify = postStratify(design, terms_of(how$by), table(how$pop)),
    rake = rake(design, lapply(how$margins, function(m) terms_of(m$by)), lapply(how$margins, function(m) table(m$pop)), control = list(maxit = 500, epsilon = 1e-11)),
    calibrate(design, as.formula(how$formula), unlist(how$totals), calfun = how$method, bounds = if (is.null(how$bounds)) c(-Inf, Inf) else how$bounds, maxit = 200, epsilon = 1e-12))
  s <- part(new, domain); both <- list(mean = svymean, total = svytotal)
  numbers <- lapply(both, function(f) { all <- lapply(vars, function(v) f(terms_of(v), s, na.rm = TRUE))
    list(names = V(vars), est = V(vapply(all, function(x) as.numeric(coef(x)), 0)), se = V(vapply(all, function(x) as.numeric(SE(x)), 0))) })
  add(id, d, "calibrated", c(list(sum_w = sum(weights(new)), range_w = V(range(weights(new))), weights = V(as.numeric(weights(new)))), numbers),
      vars, domain, options = list(calibration = how))
}
case_replicate <- function(id, d, type, vars, domain = NULL, file, seed = NULL, replicates = NULL, fay.rho = NULL) {
  if (!is.null(seed)) set.seed(seed)
  arguments <- c(list(design_of(d), type = type, compress = FALSE), list(replicates = replicates)[!is.null(replicates)], list(fay.rho = fay.rho)[!is.null(fay.rho)])
  r <- do.call(as.svrepdesign, arguments); w <- as.data.frame(unclass(as.matrix(weights(r, "analysis")))); names(w) <- paste0("rw", seq_along(w))
  write_data(as.data.frame(lapply(w, as.numeric)), file)
  results <- function(r) { s <- part(r, domain)
    lapply(list(mean = svymean, total = svytotal), function(f) { all <- lapply(vars, function(v) f(terms_of(v), s, na.rm = TRUE))
      list(est = V(vapply(all, function(x) as.numeric(coef(x)), 0)), se = V(vapply(all, function(x) as.numeric(SE(x)), 0))) }) }
  found <- results(r); around <- r; around$mse <- TRUE; found$mean$se_mse <- results(around)$mean$se
  add(id, d, "replicate", c(list(names = V(vars)), found, list(df_full = degf(r), df = degf(part(r, domain)))), vars, domain,
      options = list(type = type, rep_weights = file, n_rep = ncol(w), scale = r$scale, rscales = V(r$rscales), combined_weights = TRUE, mse = r$mse, fay_rho = fay.rho))
}
