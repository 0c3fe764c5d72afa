# Writes ../survfit.json from ../observations.csv: what R's survival package answers.
# Not needed to run the tests. Run after peers.py, from this folder: Rscript survival.R
library(survival)

number <- function(x) ifelse(is.na(x), "null", sprintf("%.17g", x))
quoted <- function(x) paste0('"', x, '"')
object <- function(...) {
  parts <- list(...)
  paste0("{", paste(paste0(quoted(names(parts)), ": ", unlist(parts)), collapse = ", "), "}")
}
array <- function(items) paste0("[", paste(items, collapse = ",\n"), "]")
levels_asked <- c(0.1, 0.25, 0.5, 0.75, 0.9, 1.0)
taus <- list(freireich = c(8, 20, 23), whole_days = c(10, 30, 45), no_censoring = c(4, 12.25))

curve <- function(d, taus) {
  fit <- survfit(Surv(duration, event) ~ 1, data = d, conf.type = "log-log")
  steps <- sapply(seq_along(fit$time), function(i) object(
    time = number(fit$time[i]), at_risk = fit$n.risk[i], events = fit$n.event[i],
    censored = fit$n.censor[i], survival = number(fit$surv[i]),
    lower = number(fit$lower[i]), upper = number(fit$upper[i])))
  q <- quantile(fit, levels_asked, conf.int = FALSE)
  quantiles <- sapply(seq_along(levels_asked), function(i) object(
    p = number(levels_asked[i]), time = number(q[i])))
  rmst <- sapply(taus, function(tau) {
    table <- summary(fit, rmean = tau)$table
    object(tau = number(tau), value = number(table["rmean"]), std_error = number(table["se(rmean)"]))
  })
  object(n = nrow(d), events = sum(d$event), steps = array(steps), quantiles = array(quantiles),
    rmst = array(rmst))
}

compared <- function(d) {
  d$group <- factor(d$group)
  test <- survdiff(Surv(duration, event) ~ group, data = d)
  degrees <- length(test$n) - 1
  groups <- sapply(seq_along(test$n), function(i) object(
    name = quoted(levels(d$group)[i]), n = test$n[i], observed = test$obs[i],
    expected = number(test$exp[i])))
  object(chi_square = number(test$chisq), degrees = degrees,
    p_value = number(pchisq(test$chisq, degrees, lower.tail = FALSE)), groups = array(groups))
}

rows <- read.csv("../observations.csv", stringsAsFactors = FALSE)
sets <- sapply(unique(rows$set), function(name) {
  d <- rows[rows$set == name, ]
  groups <- sort(unique(d$group))
  curves <- lapply(groups, function(g) curve(d[d$group == g, ], taus[[name]]))
  names(curves) <- groups
  tests <- compared(d)
  if (length(groups) == 3) tests <- c(tests, compared(d[d$group %in% groups[1:2], ]))
  object(name = quoted(name),
    curves = do.call(object, c(list(all = curve(d, taus[[name]])), curves)),
    log_rank = array(tests))
})
made_with <- object(R = quoted(paste(R.version$major, R.version$minor, sep = ".")),
  survival = quoted(packageVersion("survival")))
writeLines(object(made_with = made_with, sets = array(sets)), "../survfit.json")
