# Data sets that come with R packages, as files for one test run. Never committed: their licences are the packages'.
#
#   Rscript datasets.R FOLDER
#
# Needs MASS, psych, psychTools, lme4, mlmRev and clubSandwich.
folder <- commandArgs(trailingOnly = TRUE)[1]
put <- function(d, name) write.csv(d, file.path(folder, name), row.names = FALSE, na = "")
put(MASS::anorexia, "anorexia.csv")
put(MASS::nlschools, "nlschools.csv")
put(lme4::sleepstudy, "sleepstudy.csv")
put(mlmRev::Exam[, c("school", "normexam", "standLRT")], "exam.csv")
put(psych::lsat6, "lsat6.csv")
put(psychTools::ability, "ability.csv")
put(psychTools::iqitems, "iqitems.csv")
put(psychTools::bfi[, paste0("A", 1:5)], "bfi.csv")

# What psych says of iqitems, unrounded.
keys <- c(4, 4, 4, 6, 6, 3, 4, 4, 5, 2, 2, 4, 3, 2, 6, 7)
s <- psych::score.multiple.choice(keys, psychTools::iqitems, digits = 15, short = FALSE)
shares <- as.data.frame(psych::response.frequencies(psychTools::iqitems))
put(cbind(item = rownames(shares), shares), "iqitems_shares.csv")
put(data.frame(item = rownames(s$item.stats), r = s$item.stats[, "r"]), "iqitems_r.csv")
