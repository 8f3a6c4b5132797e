"""Bài 3: Kiên Giang 2011–2024 và các tỉnh lân cận. Lesson 3: Kiên Giang 2011–2024 and its neighbours."""

# %% tags=["setup"]
from analysis.briefing.published import draw_published, total_table
from training.lessons.checks import check
from training.lessons.teaching import (
    breaks_table,
    broken,
    lesson_page,
    neighbours,
    neighbours_table,
    quoted_table,
    standing,
    strongest,
    year_table,
)

page = lesson_page("example-2021")

# %% [markdown] tags=["notes"]
# **1 phút.** Bài này dùng **số liệu thật đã công bố**, không dùng dữ liệu mô phỏng. Nhắc lớp: trích dẫn phải ghi “PAPI, papi.org.vn”.

# %% [markdown] tags=["slide"]
# ## Số liệu nào được công bố · What is published
# - Điểm các **nội dung thành phần** của từng tỉnh, từng năm
# - Cộng lại thành lĩnh vực và tổng điểm
# - Tỉnh xếp **nhóm**; báo chí và tỉnh tính ra **thứ hạng**
# - Sai số **không** đi kèm trong các bảng thường gặp
#
# Vì vậy: chênh lệch nhỏ về điểm, về hạng có thể chỉ là may rủi

# %% [markdown]
# Bảng số liệu cấp tỉnh của PAPI có cả sai số chuẩn và khoảng tin cậy, nhưng tin bài thường chỉ chép điểm và hạng. Khi không có khoảng tin cậy bên
# cạnh, hãy coi những thay đổi nhỏ là *chưa biết*. Điểm trong bài này là điểm đã công bố; tổng và hạng do bộ công cụ cộng và xếp lại, khớp với các
# số đã công bố mà chúng tôi tìm được, trừ vài chỗ nêu ở cuối bài.

# %% [markdown] tags=["notes"]
# **4 phút.** Hỏi: “Ai từng viết câu ‘tăng hai bậc’ trong báo cáo?” Cả bài này để trả lời: hai bậc ấy có ý nghĩa không.

# %% [markdown] tags=["slide", "wide"]
# ## Mười bốn năm, tám lĩnh vực · Fourteen years, eight dimensions

# %% tags=["show", "published"]
draw_published(page, columns=4)

# %% [markdown]
# Đường liền có chấm là Kiên Giang, đường đứt là mức giữa của Đồng bằng sông Cửu Long, dải màu là nửa giữa của cả nước. Đường **đứt đoạn** ở năm cách
# đo thay đổi: không được nối hai bên chỗ đứt.

# %% [markdown] tags=["notes"]
# **6 phút.** Chia lớp thành tám nhóm, mỗi nhóm một ô, một phút để nói đúng một câu về lĩnh vực của mình, không được nói “tăng” hay “giảm” qua chỗ đứt.

# %% [markdown] tags=["slide", "tiny"]
# ## Tổng điểm và thứ hạng · Total and rank
# - Đến năm 2017: **sáu** lĩnh vực, từ 2018: **tám**
# - Hạng ghi kèm **số tỉnh có đủ kết quả**: không phải năm nào cũng 63
# - Hạng trong vùng: trong 13 tỉnh, thành phố Đồng bằng sông Cửu Long

# %% tags=["show", "published", "asked"]
total_table(page)

# %% [markdown]
# Có năm vài tỉnh không có kết quả (bị bỏ trống trong bảng chính thức), nên hạng 44 của năm 2023 là **44/61**, không phải 44/63. Viết thiếu số tỉnh thì
# người đọc không so được giữa các năm.

# %% [markdown] tags=["notes"]
# **5 phút.** Cho lớp tìm năm có hạng tốt nhất và năm có hạng thấp nhất. Đừng để lớp so tổng điểm trước 2018 với sau 2018.

# %% [markdown] tags=["slide"]
# ## Điểm giảm, hạng tăng · Score down, rank up
# - Năm 2019 so với năm 2018: tổng điểm Kiên Giang **giảm** mà thứ hạng **tăng**
# - Hạng còn phụ thuộc vào điểm của tỉnh khác
# - Năm đó cách đo cũng thay đổi: điểm của nhiều tỉnh cùng giảm
#
# Muốn biết *mình làm tốt hơn không*: xem điểm của **cùng một cách đo**

# %% [markdown]
# Thứ hạng trả lời câu hỏi “đứng đâu so với tỉnh khác”, điểm trả lời câu hỏi “người dân thấy thế nào”. Hai câu hỏi khác nhau, và có thể có hai câu trả
# lời ngược nhau.

# %% [markdown] tags=["notes"]
# **4 phút.** So với lớp học: điểm trung bình của em giảm vì đề khó, nhưng cả lớp cùng giảm nên thứ hạng của em tăng.

# %% [markdown] tags=["slide", "wide", "small"]
# ## Chỗ gián đoạn · Breaks in the series

# %% tags=["show", "published", "asked"]
breaks_table(page, 2019, 2022)

# %% [markdown]
# Bảng nêu những nội dung thành phần thay đổi cách đo, kèm điểm bình quân cả nước trước và sau. Khi bình quân **cả nước** nhảy mạnh đúng năm đổi cách
# đo, thay đổi đó không nói gì về một tỉnh. Lĩnh vực nào chứa nội dung đã đổi thì điểm lĩnh vực cũng không so được qua năm ấy.

# %% [markdown] tags=["notes"]
# **6 phút.** Đọc một dòng thật chậm: nội dung 3.2 năm 2021. Hỏi: “Cả nước cùng kém đi trong một năm, hay cái thước đã đổi?” Cái thước.

# %% [markdown] tags=["slide"]
# ## Sáu lĩnh vực rồi tám · Six dimensions, then eight
# - Năm 2017: tổng của **6** lĩnh vực, cao nhất 60
# - Năm 2018: tổng của **8** lĩnh vực, cao nhất 80
# - Tổng điểm “tăng” chỉ vì cộng thêm hai lĩnh vực
# - PAPI khuyên **không** so năm 2018 với các năm trước

# %% [markdown] tags=["notes"]
# **3 phút.** Hình ảnh: cân thêm hai bao gạo thì dĩ nhiên nặng hơn.

# %% [markdown] tags=["slide", "small"]
# ## Các tỉnh lân cận · Neighbouring provinces
# - Cùng vùng, điều kiện gần giống: so sánh **có ích hơn** so với cả nước
# - Khoảng cách ở giữa bảng rất nhỏ: đổi vài bậc là chuyện thường
# - Hỏi tỉnh đứng trên: *họ làm gì?* rồi mới hỏi *mình đứng thứ mấy?*

# %% tags=["show", "published", "asked"]
neighbours_table(page, 2023)

# %% [markdown]
# Giữa bảng, mười tỉnh nằm trong một khoảng chưa tới vài điểm trên thang 80. Chỉ cần mỗi lĩnh vực xê dịch chút ít là thứ tự đổi. Vì không có sai số bên
# cạnh, ta không nói được khoảng cách nào là thật.

# %% [markdown] tags=["notes"]
# **5 phút.** Cho lớp tính chênh lệch giữa Kiên Giang với tỉnh ngay trên và ngay dưới. Rồi hỏi: chênh lệch đó có lớn không?

# %% [markdown] tags=["slide", "small"]
# ## Mạnh đâu, yếu đâu · Strong and weak
# - Hạng cao nhất và điểm cao nhất **không** cùng một lĩnh vực
# - Điểm lĩnh vực cao vì cả nước cùng cao
# - Nhìn **hạng** để biết mình hơn ai; nhìn **nội dung thành phần** để biết sửa gì

# %% tags=["show", "published", "asked"]
year_table(page, 2021)

# %% [markdown] tags=["notes"]
# **4 phút.** Cho lớp tìm lĩnh vực Kiên Giang đứng cao nhất. Phần lớn sẽ chỉ vào điểm cao nhất; nhắc nhìn cột hạng.

# %% [markdown] tags=["slide", "wide", "small"]
# ## Khi hai nguồn khác nhau · When two sources differ

# %% tags=["show", "published"]
quoted_table(page)

# %% [markdown]
# Phần lớn số của báo chí và của tỉnh khớp với số tính từ bảng của PAPI. Chỗ khác thường vì: cắt bỏ thay vì làm tròn, ghi 63 tỉnh trong khi có 60 hoặc
# 61 tỉnh có kết quả, hoặc tính cả tỉnh thiếu số liệu. Gặp hai số khác nhau: **ghi nguồn của cả hai**, đừng chọn số đẹp hơn.

# %% [markdown] tags=["notes"]
# **4 phút.** Hỏi: “Nếu lãnh đạo đã dùng số kia trong bài phát biểu thì sao?” Ghi chú nguồn, giải thích cách tính, không sửa lặng lẽ.

# %% [markdown] tags=["slide"]
# ## Viết thế nào cho đúng · How to write it
# 1. Điểm kèm **thang**, hạng kèm **số tỉnh**
# 2. Nêu **năm** và **nguồn**
# 3. Không so qua **chỗ gián đoạn**
# 4. Chênh lệch nhỏ: *chưa biết*
# 5. Không nói **nguyên nhân** khi chỉ có điểm

# %% [markdown]
# **Nguồn.** PAPI 2011–2024 (UNDP, CECODES, VFF-CRT, RTA), papi.org.vn; cách ghép và kiểm tra: data/published/README.md; chỗ gián đoạn:
# data/framework/papi/breaks.csv; các tin bài được trích: data/published/quoted.csv.

# %% [markdown] tags=["notes"]
# **2 phút.** Cho mỗi người sửa một câu trong báo cáo gần nhất của đơn vị theo năm quy tắc này.

# %% [markdown] tags=["exercise", "O3.1"]
# ### Bài tập 3.1 · Exercise 3.1: Hạng trong bao nhiêu tỉnh
# Năm 2021, tổng điểm PAPI của Kiên Giang đứng thứ mấy trong bao nhiêu tỉnh? Ghi như "5/12".

# %% tags=["solution"]
one = standing("PAPI", 2021)
answer = f"{one.rank}/{one.n}"
check("3.1", answer)

# %% [markdown] tags=["solution"]
# Đọc ở bảng “Tổng điểm và thứ hạng”, dòng 2021. Ba tỉnh không có kết quả năm đó.

# %% [markdown] tags=["notes"]
# **2 phút.** Ai ghi /63 thì hỏi lại: “63 tỉnh đều có kết quả không?”

# %% [markdown] tags=["exercise", "O3.1"]
# ### Bài tập 3.2 · Exercise 3.2: Thay đổi tổng điểm
# Tổng điểm của Kiên Giang năm 2019 thay đổi bao nhiêu điểm so với năm 2018? Ghi dấu và hai chữ số thập phân.

# %% tags=["solution"]
answer = round(standing("PAPI", 2019).score, 2) - round(standing("PAPI", 2018).score, 2)
check("3.2", answer)

# %% [markdown] tags=["solution"]
# Lấy điểm năm 2019 trừ điểm năm 2018; giảm nên mang dấu trừ.

# %% [markdown] tags=["notes"]
# **3 phút.** Nhắc: lấy số sau trừ số trước. Nối với trang “Điểm giảm, hạng tăng”.

# %% [markdown] tags=["exercise", "O3.1"]
# ### Bài tập 3.3 · Exercise 3.3: Bao nhiêu tỉnh đứng trên
# Năm 2023, bao nhiêu tỉnh, thành phố Đồng bằng sông Cửu Long có tổng điểm **cao hơn** Kiên Giang?

# %% tags=["solution"]
own = standing("PAPI", 2023)
answer = int((neighbours(2023)["score"] > own.score).sum())
check("3.3", answer)

# %% [markdown] tags=["solution"]
# Hạng trong vùng trừ 1: hạng là vị trí, không phải số tỉnh đứng trên.

# %% [markdown] tags=["notes"]
# **2 phút.** Lỗi thường gặp là ghi hạng của Kiên Giang thay vì đếm số tỉnh đứng trên.

# %% [markdown] tags=["exercise", "O3.2"]
# ### Bài tập 3.4 · Exercise 3.4: Lĩnh vực nào không so được
# Giữa năm 2020 và năm 2021, **điểm lĩnh vực** nào không so sánh được? Ghi các mã, ví dụ "D1, D2".

# %% tags=["solution"]
answer = broken(2020, 2021, kinds=("D",))
check("3.4", answer)

# %% [markdown] tags=["solution"]
# Xem các dòng “Từ năm 2021” của bảng chỗ gián đoạn: nội dung 3.2, các nội dung 5.x và nội dung 6.4.

# %% [markdown] tags=["notes"]
# **4 phút.** Làm theo nhóm. Mẹo: chữ số đầu của nội dung thành phần là số của lĩnh vực.

# %% [markdown] tags=["exercise", "O3.1"]
# ### Bài tập 3.5 · Exercise 3.5: Đứng cao nhất ở đâu
# Năm 2021, Kiên Giang có **thứ hạng** tốt nhất ở lĩnh vực nào? Ghi một mã, ví dụ "D1".

# %% tags=["solution"]
answer = strongest(2021)
check("3.5", answer)

# %% [markdown] tags=["solution"]
# Tìm số nhỏ nhất ở cột thứ hạng, không phải số lớn nhất ở cột điểm.

# %% [markdown] tags=["notes"]
# **2 phút.** Đối chiếu với câu trả lời lúc đầu bài.

# %% [markdown] tags=["exercise", "O3.2"]
# ### Bài tập 3.6 · Exercise 3.6: Câu nào viết được
# Báo cáo viết về năm 2018 so với năm 2017. Câu nào viết được? Ghi một chữ.
#
# - A. “Tổng điểm PAPI tăng mạnh, cho thấy chuyển biến rõ rệt.”
# - B. “Tổng điểm tăng nhưng thứ hạng giảm, vậy tỉnh bạn tăng nhanh hơn.”
# - C. “Từ năm 2018 tổng điểm gồm tám lĩnh vực nên không so với năm 2017.”
# - D. “Bình quân mỗi lĩnh vực giảm, vậy chất lượng đi xuống.”

# %% tags=["solution"]
answer = "C"
check("3.6", answer)

# %% [markdown] tags=["solution"]
# Hai tổng cộng từ số lĩnh vực khác nhau, và chính PAPI khuyên không so.

# %% [markdown] tags=["notes"]
# **3 phút.** Câu D bẫy người cẩn thận: chia bình quân cũng không cứu được, vì hai lĩnh vực mới có mức điểm khác hẳn.
