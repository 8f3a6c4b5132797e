"""NHANES as R carries it -> a data folder with the rows that let the workbench read it: another survey altogether.

No group of its people is a place of Viet Nam: race stands for the district, and the country for the province.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

SCRIPT = Path(__file__).with_name("nhanes.R")

ROUND = """
survey_round = "nhanes"
title_vi = "Khảo sát sức khỏe và dinh dưỡng Hoa Kỳ (NHANES)"
title_en = "US National Health and Nutrition Examination Survey (NHANES)"
year = 2009
simulated = false
province = "US"
places = "nhanes"
wording = "general"
file = "raw/nhanes.csv"
codebook = "nhanes"
framework = "nhanes"
source = "NCHS; the extract in R's survey package"

[columns]
respondent = "person"
district = "race"

[design]
weight = "WTMEC2YR"
stratum = "SDMVSTRA"
psu = "SDMVPSU"
nest = true

[groups.sex]
variable = "RIAGENDR"
codes = { male = [1], female = [2] }

[groups.age]
variable = "agecat"
codes = { "0-19" = [1], "20-39" = [2], "40-59" = [3], "60+" = [4] }
"""
ROWS = {
    "codebook/nhanes/variables.csv": """\
variable,label_vi,label_en,role,type,code_set,low,high,asked_if,status
person,Mã người,Person,design,text,,,,,seen
SDMVPSU,Đơn vị chọn mẫu,Sampling unit,design,text,,,,,seen
SDMVSTRA,Tầng,Stratum,design,text,,,,,seen
WTMEC2YR,Trọng số,Weight,design,number,,0,,,seen
race,Chủng tộc,Race,place,text,,,,,seen
RIAGENDR,Giới tính,Sex,person,code,sex,,,,seen
agecat,Nhóm tuổi,Age class,person,code,age,,,,seen
HI_CHOL,Cholesterol toàn phần trên 240 mg/dl,Total cholesterol over 240 mg/dl,question,code,yes_no,,,,seen
""",
    "codebook/nhanes/codes.csv": """\
code_set,code,label_vi,label_en
sex,1,Nam,Male
sex,2,Nữ,Female
age,1,Từ 0 đến 19 tuổi,0 to 19
age,2,Từ 20 đến 39 tuổi,20 to 39
age,3,Từ 40 đến 59 tuổi,40 to 59
age,4,Từ 60 tuổi,60 and over
yes_no,0,Không,No
yes_no,1,Có,Yes
""",
    "framework/nhanes/indicators.csv": """\
indicator,sub_dimension,name_vi,name_en,recipe,variables,codes,minimum,maximum,direction,weight,dont_know,unit,\
valid_from,valid_to,status,source,note,decimals
high_cholesterol,,Cholesterol cao,High cholesterol,share_of_codes,HI_CHOL,1,0,1,lower,,missing,share,\
1999,,seen,NCHS,,
female,,Là nữ,Is female,share_of_codes,RIAGENDR,2,0,1,higher,,missing,share,1999,,seen,NCHS,,
age_class,,Nhóm tuổi bình quân (1-4),Mean age class (1-4),scale,agecat,,1,4,higher,,missing,number,\
1999,,seen,NCHS,,3
""",
    "places/nhanes/provinces.csv": "code,name_vi,name_en,source\nUS,Hoa Kỳ,the United States,NCHS\n",
    "places/nhanes/districts.csv": """\
code,name_vi,kind_vi,name_en,kind_en,province,source
1,gốc Tây Ban Nha,người,Hispanic,people,US,NCHS
2,da trắng,người,White,people,US,NCHS
3,da đen,người,Black,people,US,NCHS
4,thuộc nhóm khác,người,Other,people,US,NCHS
""",
    "rounds/nhanes.toml": ROUND,
}


def write_rows(folder: Path) -> None:
    """The rows of the survey in a data folder."""
    for name, text in ROWS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def make_folder(folder: Path) -> Path:
    """A data folder with NHANES in it, and R's estimates in estimates.csv; needs R and its survey package."""
    write_rows(folder)
    command = [shutil.which("Rscript"), SCRIPT, folder]
    subprocess.run(command, check=True, capture_output=True, text=True)
    (folder / "raw").mkdir(exist_ok=True)
    (folder / "nhanes.csv").rename(folder / "raw" / "nhanes.csv")
    return folder
