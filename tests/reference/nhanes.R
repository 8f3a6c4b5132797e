# NHANES 2009-2010 as R's survey package carries it, and R's estimates from it.
#
#   Rscript nhanes.R FOLDER
#
# Writes FOLDER/nhanes.csv (the people; never committed) and FOLDER/estimates.csv. Two or three PSUs in each stratum,
# numbered anew in every stratum. Race stands for the district: a group of people that every PSU holds.
# Needs library(survey) only.
suppressMessages(library(survey))
options(survey.lonely.psu = "fail", digits = 17)
folder <- commandArgs(trailingOnly = TRUE)[1]
data(nhanes)
nhanes$agecat <- as.integer(nhanes$agecat)
nhanes$person <- sprintf("N%05d", seq_len(nrow(nhanes)))
write.csv(nhanes, file.path(folder, "nhanes.csv"), row.names = FALSE, na = "")

nhanes$high_cholesterol <- nhanes$HI_CHOL
nhanes$female <- as.numeric(nhanes$RIAGENDR == 2)
nhanes$age_class <- nhanes$agecat
design <- svydesign(ids = ~SDMVPSU, strata = ~SDMVSTRA, weights = ~WTMEC2YR, data = nhanes, nest = TRUE)
measures <- c("high_cholesterol", "female", "age_class")

level <- function(measure, domain, place, group) {
  inside <- subset(design, domain & !is.na(nhanes[[measure]]))
  mean <- svymean(reformulate(measure), inside)
  data.frame(statistic = "level", place, group, measure, estimate = coef(mean), se = c(SE(mean)),
             df = degf(inside), n = nrow(inside))
}

# One group less everybody, as a function of four totals, so that their covariance counts.
difference <- function(measure, domain, place) {
  y <- nhanes[[measure]]
  seen <- !is.na(y)
  four <- update(design, y_d = ifelse(domain & seen, y, 0), n_d = as.numeric(domain & seen),
                 y_all = ifelse(seen, y, 0), n_all = as.numeric(seen))
  contrast <- svycontrast(svytotal(~y_d + n_d + y_all + n_all, four), quote(y_d / n_d - y_all / n_all))
  data.frame(statistic = "difference", place, group = "", measure, estimate = c(coef(contrast)),
             se = c(SE(contrast)), df = degf(subset(design, domain & seen)), n = sum(domain & seen))
}

everybody <- rep(TRUE, nrow(nhanes))
rows <- list()
for (m in measures) {
  rows <- c(rows, list(level(m, everybody, "US", "")))
  for (sex in 1:2) rows <- c(rows, list(level(m, nhanes$RIAGENDR == sex, "US", c("male", "female")[sex])))
  for (age in 1:4) rows <- c(rows, list(level(m, nhanes$agecat == age, "US", c("0-19", "20-39", "40-59", "60+")[age])))
  for (race in 1:4) {
    place <- as.character(race)
    rows <- c(rows, list(level(m, nhanes$race == race, place, "")), list(difference(m, nhanes$race == race, place)))
  }
}
write.csv(do.call(rbind, rows), file.path(folder, "estimates.csv"), row.names = FALSE)
