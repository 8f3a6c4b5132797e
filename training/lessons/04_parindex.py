"""Bài 4: PARINDEX, tám lĩnh vực, mất điểm ở đâu. Lesson 4: PARINDEX, eight fields, where points are lost."""

# %% tags=["setup"]
from analysis.briefing import parindex
from training.lessons.checks import check
from training.lessons.teaching import (
    agencies_table,
    field_maxima,
    fields_table,
    lesson_page,
    points_by_cause,
    points_chart,
    ranks_table,
    regimes_table,
    sheet_points,
)

page = lesson_page("example-2021")

# %% [markdown] tags=["notes"]
# **1 phút.** Nếu được, nhờ mỗi đơn vị mang theo phiếu tự chấm của mình. Nói trước: phiếu dùng trong bài là **mô phỏng**, số nào cũng do máy tạo.

# %% [markdown] tags=["slide"]
# ## PARINDEX là gì · What PARINDEX is
# - **Bộ Nội vụ** xác định và công bố hằng năm, từ năm 2012
# - 63 tỉnh, thành phố; thang **100 điểm**
# - **Tám lĩnh vực** cải cách hành chính
# - Tỉnh **tự chấm** kèm tài liệu kiểm chứng → Bộ **thẩm định** → cộng **điều tra xã hội học**

# %% [markdown]
# PARINDEX đo công việc cải cách hành chính của cơ quan nhà nước. Phần lớn điểm là tự chấm: cơ quan tự cho điểm và nộp tài liệu chứng minh; hội đồng
# thẩm định có thể không công nhận. Phần còn lại là điểm điều tra xã hội học, trong đó có chỉ số hài lòng SIPAS.

# %% [markdown] tags=["notes"]
# **4 phút.** Viết ba bước lên bảng: tự chấm, thẩm định, điều tra. Hỏi: “Ở bước nào ta có thể mất điểm dù đã làm việc?” Bước thẩm định.

# %% [markdown] tags=["slide", "wide"]
# ## Ba chỉ số, ba cách đo · Three indices, three ways
# | Chỉ số | Ai làm | Hỏi ai, bằng cách nào | Thang |
# |---|---|---|---|
# | **PARINDEX** | Bộ Nội vụ | Cơ quan tự chấm, Bộ thẩm định, kết hợp điều tra xã hội học | 100 điểm |
# | **SIPAS** | Bộ Nội vụ | Khảo sát sự hài lòng về phục vụ hành chính; một phần của lĩnh vực 8 PARINDEX | phần trăm |
# | **PAPI** | UNDP, CECODES, VFF-CRT, RTA | Phỏng vấn trực tiếp người dân được bốc thăm | 8–80 điểm |
#
# **Không cộng, không so sánh** điểm của ba chỉ số với nhau.

# %% [markdown]
# Một tỉnh có thể cao ở chỉ số này và thấp ở chỉ số kia: hồ sơ đầy đủ không có nghĩa là người dân đã thấy thay đổi, và ngược lại.

# %% [markdown] tags=["notes"]
# **5 phút.** Che từng dòng rồi hỏi lớp điền. Câu hay gặp: “PAPI thấp mà PARINDEX cao thì chỉ số nào đúng?” Cả hai, vì đo hai việc khác nhau.

# %% [markdown] tags=["slide", "small"]
# ## Tám lĩnh vực và điểm tối đa · Eight fields
# - Hai lĩnh vực **nhiều điểm nhất**: đội ngũ (5) và hiện đại hóa (7)
# - **Ít điểm nhất**: tài chính công (6)
# - Tập huấn của ta nằm ở lĩnh vực 5
# - Điểm tối đa từng lĩnh vực: chỉ tìm được của một quyết định

# %% tags=["show", "published", "asked"]
fields_table(page)

# %% [markdown] tags=["notes"]
# **4 phút.** Cho mỗi người tìm lĩnh vực của cơ quan mình. Nhắc: điểm tối đa thay đổi theo từng quyết định, phải xem quyết định của năm đang chấm.

# %% [markdown] tags=["slide", "small", "wide"]
# ## Bộ tiêu chí thay đổi · Criteria change
# Các năm chấm theo những quyết định khác nhau: điểm và hạng đổi có thể chỉ vì **đổi cách chấm**.

# %% tags=["show", "published"]
regimes_table(page)

# %% [markdown]
# Dấu hỏi là điều chưa tìm được nguồn xác nhận. Danh mục tiêu chí nằm ở phụ lục của các quyết định mà chúng tôi chưa đọc được, nên bộ công cụ để trống,
# không đoán. Đơn vị nào có phụ lục thì nhập vào `data/parindex/criteria.csv`.

# %% [markdown] tags=["notes"]
# **3 phút.** Nói thẳng điều chưa biết; đó là cách giữ lòng tin. Hỏi xem trong lớp ai đang giữ phụ lục của quyết định hiện hành.

# %% [markdown] tags=["slide"]
# ## Kiên Giang đứng ở đâu · Where Kiên Giang stands
# - Chỉ **thứ hạng** được công bố; điểm thì chưa tìm thấy
# - Năm 2019: điểm **tăng** so với 2018, hạng **giảm**
# - Năm 2021: cuối bảng
# - Năm không có trong bảng: chưa tìm được nguồn

# %% tags=["show", "published", "asked"]
ranks_table(page)

# %% [markdown]
# Năm 2019, bộ tiêu chí đổi từ quyết định 2948 sang 1150 (từ 38 lên 43 tiêu chí). Điểm tăng mà hạng giảm nghĩa là nhiều tỉnh khác tăng nhanh hơn, hoặc
# cách chấm mới có lợi cho họ; chỉ từ thứ hạng thì không biết được.

# %% [markdown] tags=["notes"]
# **4 phút.** Đừng tìm người có lỗi. Câu hỏi đúng là: mất điểm ở lĩnh vực nào, tiêu chí nào, vì sao. Đó là phần tiếp theo.

# %% [markdown] tags=["slide", "wide"]
# ## Mất điểm ở đâu · Where points are lost

# %% tags=["show", "simulated"]
points_chart(page)

# %% [markdown]
# Phần xanh là điểm đạt, phần gạch chéo là điểm mất, của một phiếu chấm **mô phỏng** năm 2020. Chiều dài cả thanh là điểm tối đa của lĩnh vực.

# %% [markdown] tags=["notes"]
# **4 phút.** Cho lớp nhìn mười giây rồi đoán: lĩnh vực nào mất nhiều điểm nhất? Lĩnh vực nào mất **phần lớn nhất** so với điểm của nó? Hai câu trả lời
# khác nhau, để dành cho bài tập 4.4.

# %% [markdown] tags=["slide"]
# ## Ba cách mất điểm · Three ways to lose
# 1. **Chưa làm**, nên không tự chấm → phải làm việc
# 2. **Đã làm** nhưng tài liệu *không được công nhận* → sửa hồ sơ
# 3. **Người dân, tổ chức đánh giá thấp** (điều tra) → thay đổi cách phục vụ
#
# Cách 2 dễ lấy lại nhất, cách 3 lâu nhất

# %% [markdown]
# Ba cách mất điểm cần ba loại việc khác nhau. Giao “khắc phục tiêu chí 4.4” mà không nói mất theo cách nào thì đơn vị dễ làm hồ sơ đẹp cho một việc mà
# người dân không thấy gì thay đổi.

# %% [markdown] tags=["notes"]
# **4 phút.** Với mỗi cách, hỏi một ví dụ có thật của đơn vị. Cách 2: thiếu một kế hoạch có số, có ngày; nộp muộn; tài liệu không đúng năm.

# %% [markdown] tags=["slide", "wide", "tiny"]
# ## Bảng điểm mất theo nguyên nhân · Losses by cause

# %% tags=["show", "simulated", "asked"]
points_by_cause(page)

# %% [markdown] tags=["notes"]
# **5 phút.** Đọc một dòng làm mẫu: điểm tối đa, điểm đạt, điểm mất, rồi mất vì gì. Cho từng bàn đọc một dòng khác.

# %% [markdown] tags=["slide", "small"]
# ## Ai chủ trì · Who leads
# - Mỗi tiêu chí có **một** cơ quan chủ trì
# - Chủ trì nhiều tiêu chí thì thường mất nhiều điểm hơn: so với **điểm tối đa**, đừng chỉ nhìn điểm mất
# - Kế hoạch 138 giao Sở Nội vụ chủ trì chung PARINDEX

# %% tags=["show", "simulated"]
agencies_table(page)

# %% [markdown] tags=["notes"]
# **3 phút.** Tránh biến bảng thành bảng xếp hạng cơ quan. Hỏi: “Cơ quan nào mất phần lớn nhất so với phần mình được giao?”

# %% [markdown] tags=["slide"]
# ## Chỉ số của huyện · The districts' own index
# - Tỉnh chấm điểm cải cách hành chính của huyện, thang 100
# - Xếp **theo khối**: sở, ngành; cơ quan ngành dọc; huyện, thành phố
# - Bốn mức: xuất sắc, tốt, khá, trung bình
# - Đây **không** phải là điểm PAPI của huyện

# %% [markdown]
# Kết quả năm 2018 được công bố theo Quyết định 1051/QĐ-UBND ngày 07/5/2019; bảng dưới đây ghi đúng như công bố, phần lớn điểm không được công bố nên để trống.

# %% tags=["paper", "published"]
parindex.published(page)

# %% [markdown]
# **Nguồn.** bonoivu.cls.vn (khóa 22610); snv.kiengiang.gov.vn (tin 1349 và 1250); baokhanhhoa.vn (25/5/2022); kiengiang.gov.vn (tin 11976); data/parindex.
# Phiếu chấm điểm: mô phỏng (data/example/parindex-2020.csv).

# %% [markdown] tags=["notes"]
# **3 phút.** Phân biệt: chỉ số của huyện dựa trên hồ sơ và do tỉnh chấm; PAPI không có điểm cấp huyện (bài 1).

# %% [markdown] tags=["exercise", "O4.1"]
# ### Bài tập 4.1 · Exercise 4.1: Điểm tối đa
# Theo Quyết định 2948/QĐ-BNV, lĩnh vực 5 (đội ngũ cán bộ, công chức, viên chức) có điểm tối đa là bao nhiêu?

# %% tags=["solution"]
answer = field_maxima()["5"]
check("4.1", answer)

# %% [markdown] tags=["solution"]
# Đọc ở bảng “Tám lĩnh vực”. Lĩnh vực 7 có cùng điểm tối đa.

# %% [markdown] tags=["notes"]
# **2 phút.** Bài khởi động.

# %% [markdown] tags=["exercise", "O4.2"]
# ### Bài tập 4.2 · Exercise 4.2: Ghép chỉ số với cách đo
# Ghép mỗi chỉ số với một chữ.
#
# - A. Cơ quan tự chấm, Bộ Nội vụ thẩm định, kết hợp điều tra xã hội học
# - B. Phỏng vấn trực tiếp người dân được bốc thăm từ danh sách thôn, ấp
# - C. Bộ Nội vụ khảo sát sự hài lòng đối với sự phục vụ hành chính

# %% tags=["solution"]
answer = {"PARINDEX": "A", "SIPAS": "C", "PAPI": "B"}
check("4.2", answer)

# %% [markdown] tags=["solution"]
# SIPAS là một phần của lĩnh vực 8 trong PARINDEX; PAPI độc lập với cả hai.

# %% [markdown] tags=["notes"]
# **3 phút.** Hay nhầm SIPAS với PAPI vì cả hai hỏi người dân. Khác ở người được hỏi: SIPAS hỏi về sự phục vụ hành chính.

# %% [markdown] tags=["exercise", "O4.3"]
# ### Bài tập 4.3 · Exercise 4.3: Mất bao nhiêu điểm
# Theo phiếu chấm mô phỏng, tỉnh mất tất cả bao nhiêu điểm? Ghi hai chữ số thập phân.

# %% tags=["solution"]
answer = sheet_points(page)["lost"].sum()
check("4.3", answer)

# %% [markdown] tags=["solution"]
# Dòng cuối, cột điểm mất. Điểm đạt cộng điểm mất bằng điểm tối đa.

# %% [markdown] tags=["notes"]
# **2 phút.** Cho kiểm tra lại bằng cách lấy tối đa trừ điểm đạt.

# %% [markdown] tags=["exercise", "O4.3"]
# ### Bài tập 4.4 · Exercise 4.4: Mất phần lớn nhất
# Lĩnh vực nào mất **phần lớn nhất** so với điểm tối đa của chính nó? Ghi số của lĩnh vực (1 đến 8).

# %% tags=["solution"]
points = sheet_points(page)
answer = (points["lost"] / points["maximum"]).idxmax()
check("4.4", answer)

# %% [markdown] tags=["solution"]
# So sánh cột cuối, không so sánh cột điểm mất.

# %% [markdown] tags=["notes"]
# **3 phút.** Lĩnh vực mất nhiều điểm nhất là lĩnh vực lớn; lĩnh vực mất phần lớn nhất mới là nơi yếu nhất.

# %% [markdown] tags=["exercise", "O4.3"]
# ### Bài tập 4.5 · Exercise 4.5: Phần dễ lấy lại
# Nếu mọi tài liệu đã nộp đều được công nhận thì tỉnh lấy lại được bao nhiêu điểm? Ghi hai chữ số thập phân.

# %% tags=["solution"]
answer = sheet_points(page)["not_accepted"].sum()
check("4.5", answer)

# %% [markdown] tags=["solution"]
# Dòng cuối, cột “Không được công nhận”.

# %% [markdown] tags=["notes"]
# **3 phút.** Kết nối với việc tuần sau của đơn vị: rà lại hồ sơ chứ chưa cần làm gì mới.

# %% [markdown] tags=["exercise", "O4.3"]
# ### Bài tập 4.6 · Exercise 4.6: Viết về năm 2019
# Câu nào viết đúng về PARINDEX năm 2019 của Kiên Giang? Ghi một chữ.
#
# - A. “Điểm và thứ hạng đều giảm.”
# - B. “Thứ hạng giảm, chứng tỏ cải cách đi xuống.”
# - C. “Điểm tăng nhưng thứ hạng giảm; năm đó bộ tiêu chí cũng thay đổi.”
# - D. “Điểm tăng nhờ tập huấn.”

# %% tags=["solution"]
answer = "C"
check("4.6", answer)

# %% [markdown] tags=["solution"]
# B suy ra nguyên nhân từ thứ hạng; D suy ra nguyên nhân từ điểm; cả hai đều không có căn cứ trong số liệu.

# %% [markdown] tags=["notes"]
# **3 phút.** Chốt bài: nêu điều số liệu nói, dừng ở đó, rồi hỏi tiếp “vì sao”.
