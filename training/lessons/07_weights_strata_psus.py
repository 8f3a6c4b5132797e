"""Bài 7: Trọng số, tầng và cụm trong thực hành. Lesson 7: weights, strata and PSUs in practice."""

# %% tags=["setup"]
from training.lessons.checks import check
from training.lessons.teaching import (
    design_table,
    errors_table,
    implied_level,
    intervals_published,
    lesson_survey,
    weights_table,
)

survey = lesson_survey("example-2021")

# %% [markdown] tags=["notes"]
# **2 phút.** Bài này dành cho người phân tích số liệu, đã quen một phần mềm thống kê. Mở sổ tay bài học và chạy từng ô cùng lớp.

# %% [markdown] tags=["slide"]
# ## Mở một vòng khảo sát · Opening a round
# - Một dòng: `open_round("…")`
# - Thiết kế mẫu đã khai trong tệp của vòng; **không phải khai lại** mỗi lần tính
# - Mỗi câu hỏi là một dòng, trả về **một bảng**: ước lượng, sai số, khoảng, bậc tự do, n

# %% tags=["show", "simulated", "code"]
survey

# %% [markdown]
# Trong JupyterLab: `from analysis import open_round`, rồi `survey = open_round("example-2021")`. Đó cũng là các hàm mà bản tin dùng: số tính ở đây trùng với số
# trong bản tin (riêng số của từng huyện, bản tin dùng cách ổn định hơn; xem `survey.packs` và METHODS.md).

# %% [markdown] tags=["notes"]
# **4 phút.** Cho mọi người mở được vòng ví dụ trước khi đi tiếp. Gõ `survey.` rồi Tab để xem có những gì.

# %% [markdown] tags=["slide", "wide"]
# ## Tầng, cụm, trọng số · Strata, PSUs, weights

# %% tags=["show", "simulated", "asked"]
design_table(survey)

# %% [markdown]
# **Tầng** (stratum): mẫu bốc riêng trong từng tầng, nên chênh lệch giữa các tầng không làm tăng sai số. **Cụm** (PSU): đơn vị bốc thăm đầu tiên, ở đây là xã; người
# trong một cụm giống nhau nên hỏi thêm người cùng cụm cho ít thông tin mới. **Trọng số**: một người trong mẫu đại diện cho bao nhiêu người dân.
#
# Bậc tự do = **số cụm − số tầng**. Không phải số người trừ một.

# %% [markdown] tags=["notes"]
# **5 phút.** Chỉ vào dòng cuối. Hỏi: nếu hỏi gấp đôi số người ở đúng các xã này thì bậc tự do có tăng không? Không.

# %% [markdown] tags=["slide", "wide"]
# ## Trọng số làm gì · What weights do

# %% tags=["show", "simulated"]
weights_table(survey, "poverty_list_published", "residence")

# %% [markdown]
# Thành thị chiếm một phần của mẫu lớn hơn phần của họ trong dân. Không dùng trọng số thì kết quả nghiêng về thành thị. Nhân tất cả trọng số với cùng một số thì tỷ
# lệ và điểm **không đổi**; chỉ tổng số người đổi.

# %% [markdown] tags=["notes"]
# **3 phút.** Bảng này cũng ở bài 2. Ở đây nhấn mạnh: trọng số sửa *lệch*, còn cụm và tầng cho biết *sai số*.

# %% [markdown] tags=["slide", "wide"]
# ## Ba cách tính, ba sai số · Three ways, three errors

# %% tags=["show", "simulated", "asked"]
errors_table(survey, "poverty_list_published")

# %% [markdown]
# **Hệ số thiết kế** (deff) = phương sai đúng chia cho phương sai nếu là mẫu ngẫu nhiên đơn giản cùng cỡ. **Cỡ mẫu hiệu dụng** = n chia deff: mẫu này cho lượng
# thông tin bằng một mẫu ngẫu nhiên đơn giản chừng ấy người. Bỏ qua cụm thì sai số tính ra **quá nhỏ**, và ta sẽ tuyên bố những chênh lệch không có thật.

# %% [markdown] tags=["notes"]
# **5 phút.** Hỏi: sai số nhỏ hơn thì tốt hơn, sao không dùng? Vì nó sai: lặp lại khảo sát sẽ thấy kết quả dao động nhiều hơn.

# %% [markdown] tags=["slide", "wide"]
# ## Một nhóm là một miền · A group is a domain

# %% tags=["show", "simulated", "code", "asked"]
columns = ["group", "estimate", "se", "df", "deff", "n", "n_psu"]
survey.mean("D2", by="residence")[columns].round(3)

# %% [markdown]
# Muốn số của một nhóm thì hỏi `by=` hoặc `domain=`; **đừng lọc dòng trước**. Lọc dòng làm mất những cụm không có ai thuộc nhóm, sai số tính ra không đúng. Trong
# Stata cũng vậy: dùng `subpop()`, không dùng `if`.

# %% [markdown] tags=["notes"]
# **4 phút.** Hỏi ai từng viết `keep if` trước `svy: mean`. Giải thích vì sao `subpop()` ra đời.

# %% [markdown] tags=["slide", "wide"]
# ## So hai nhóm · Comparing two groups

# %% tags=["show", "simulated", "code"]
gap = ["estimate", "se", "ci_low", "ci_high", "p_value"]
survey.compare("D7", "age_group", "18-34", "55+")[gap].round(3)

# %% [markdown]
# So hai nhóm thì phải tính **chênh lệch và sai số của chênh lệch**, có cả hiệp phương sai giữa hai nhóm. Đừng nhìn hai khoảng có chồng lên nhau hay không: hai khoảng
# chồng nhau một ít vẫn có thể khác nhau rõ. So nhiều nhóm hoặc nhiều chỉ số cùng lúc thì điều chỉnh p (bản tin dùng phương pháp Holm).

# %% [markdown] tags=["notes"]
# **4 phút.** Đọc: chênh lệch bao nhiêu, từ đâu đến đâu, p. Hỏi: nếu so cả tám lĩnh vực thì còn giữ p này không?

# %% [markdown] tags=["slide"]
# ## Stata sang công cụ này · From Stata to here
# - `svyset psu [pw=w], strata(s)` → khai **một lần** trong tệp của vòng
# - `svy: mean d2` → `survey.mean("D2")`
# - `svy: mean d2, over(sex)` → `survey.mean("D2", by="sex")`
# - `svy, subpop(): mean` → `survey.mean("D2", domain="…")`
# - `lincom` → `survey.compare(…)`
# - `svy: tab a b` → `survey.table("a", "b")`
# - `svy: logit` → `survey.regress("y ~ x", "binomial")`

# %% [markdown]
# Các số trùng với R (gói `survey`) và Stata; thử nghiệm so với R nằm trong tests/reference. `help(survey.mean)` cho biết công thức và nguồn của từng hàm.

# %% [markdown] tags=["notes"]
# **3 phút.** Mỗi người chọn một lệnh mình hay dùng và chạy bản tương ứng.

# %% [markdown] tags=["slide", "wide"]
# ## Khoảng in trong bảng PAPI · Intervals printed in PAPI's tables

# %% tags=["show", "published", "asked"]
intervals_published()

# %% [markdown]
# Bảng Excel PAPI năm 2023 in cột “95% CI”, nhưng nửa độ rộng chia cho sai số chuẩn cho biết mức thật của khoảng. Trước khi so khoảng của ta với khoảng đã in,
# hãy đưa cả hai về cùng một mức. Bản tin của ta dùng 95% và phân phối t với bậc tự do của thiết kế.

# %% [markdown] tags=["notes"]
# **4 phút.** Tính tay một dòng: (đầu trên − đầu dưới) / 2 / sai số. So với 1,96 và 1,645.

# %% [markdown] tags=["slide"]
# ## Nhớ bốn điều · Four things to remember
# 1. **Trọng số** sửa lệch; **tầng và cụm** cho sai số đúng
# 2. Bậc tự do = **số cụm − số tầng**
# 3. Nhóm là **miền**, không phải bộ lọc
# 4. Một tầng chỉ có **một cụm**: dừng lại và quyết định, đừng để phần mềm tự chọn

# %% [markdown]
# **Nguồn.** analysis/METHODS.md; data/published/quoted.csv (bảng PAPI 2023, ba tỉnh); vòng khảo sát mô phỏng example-2021. Mã không trả lời: 888, 999, −999999 (bài 8).

# %% [markdown] tags=["notes"]
# **3 phút.** Hỏi lại điều 4: `lone_psu = "stop"` trong tệp của vòng nghĩa là gì?

# %% [markdown] tags=["exercise", "O7.1"]
# ### Bài tập 7.1 · Exercise 7.1: Bậc tự do
# Vòng example-2021 có bao nhiêu **bậc tự do** cho một con số của toàn tỉnh? Dùng bảng “Tầng, cụm, trọng số”.

# %% tags=["solution"]
answer = survey.mean("D2").loc[0, "df"]
check("7.1", answer)

# %% [markdown] tags=["solution"]
# Số cụm trừ số tầng.

# %% [markdown] tags=["notes"]
# **2 phút.** Ai lấy số người trừ một thì hỏi: người trong một xã có độc lập với nhau không?

# %% [markdown] tags=["exercise", "O7.1"]
# ### Bài tập 7.2 · Exercise 7.2: Hệ số thiết kế
# Tính hệ số thiết kế (deff) của tỷ lệ “xã có công khai danh sách hộ nghèo” trong toàn tỉnh, hai chữ số thập phân.

# %% tags=["solution"]
answer = survey.mean("poverty_list_published").loc[0, "deff"]
check("7.2", answer)

# %% [markdown] tags=["solution"]
# Bình phương của tỷ số hai sai số: đúng thiết kế chia cho mẫu ngẫu nhiên đơn giản.

# %% [markdown] tags=["notes"]
# **3 phút.** Lỗi hay gặp: lấy tỷ số hai sai số mà quên bình phương.

# %% [markdown] tags=["exercise", "O7.1"]
# ### Bài tập 7.3 · Exercise 7.3: Cỡ mẫu hiệu dụng
# Với deff vừa tính, mẫu này tương đương một mẫu ngẫu nhiên đơn giản bao nhiêu người? Làm tròn đến người.

# %% tags=["solution"]
answer = round(survey.mean("poverty_list_published").loc[0, "n_effective"])
check("7.3", answer)

# %% [markdown] tags=["solution"]
# n chia deff, với n là số người trả lời câu này.

# %% [markdown] tags=["notes"]
# **2 phút.** Chú ý n của câu này nhỏ hơn n của cả mẫu: có người không trả lời.

# %% [markdown] tags=["exercise", "O7.1"]
# ### Bài tập 7.4 · Exercise 7.4: Sai số của một nhóm
# Sai số chuẩn của D2 ở **nông thôn** là bao nhiêu? Ba chữ số thập phân.

# %% tags=["solution"]
answer = survey.mean("D2", by="residence").set_index("group").loc["rural", "se"]
check("7.4", answer)

# %% [markdown] tags=["solution"]
# Hỏi theo miền: `by="residence"`.

# %% [markdown] tags=["notes"]
# **2 phút.** Ai lọc dòng trước sẽ ra số khác; máy nói rõ điều đó.

# %% [markdown] tags=["exercise", "O7.1"]
# ### Bài tập 7.5 · Exercise 7.5: Khoảng bao nhiêu phần trăm?
# Khoảng in ở cột “95% CI” của bảng PAPI năm 2023 thực ra là khoảng bao nhiêu **phần trăm** (hai phía, phân phối chuẩn)? Làm tròn đến phần trăm.

# %% tags=["solution"]
answer = round(100 * implied_level())
check("7.5", answer)

# %% [markdown] tags=["solution"]
# Nửa độ rộng bằng 1,645 lần sai số chuẩn.

# %% [markdown] tags=["notes"]
# **2 phút.** Gợi ý: với 95% thì tỷ số phải là 1,96.

# %% [markdown] tags=["exercise", "O7.1"]
# ### Bài tập 7.6 · Exercise 7.6: Dòng lệnh nào đúng?
# Cần điểm D2 của người từ 55 tuổi trở lên, với sai số đúng. Ghi một chữ.
#
# - A. Lọc bảng lấy người từ 55 tuổi, rồi lấy trung bình có trọng số
# - B. `survey.mean("D2", by="age_group")`, đọc dòng 55+
# - C. Lọc bảng, khai lại thiết kế, rồi tính trung bình
# - D. Lấy trung bình không trọng số của nhóm

# %% tags=["solution"]
answer = "B"
check("7.6", answer)

# %% [markdown] tags=["solution"]
# A cho ước lượng đúng nhưng không có sai số; C cho sai số không đúng khi có cụm không có ai thuộc nhóm.

# %% [markdown] tags=["notes"]
# **2 phút.** C là câu bẫy: nhiều sách cũ vẫn làm như vậy.
