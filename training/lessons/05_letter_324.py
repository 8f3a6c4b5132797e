"""Bài 5: Công văn 324, từ phát hiện đến nhiệm vụ. Lesson 5: Letter 324, from a finding to a task, an owner, a date."""

# %% tags=["setup"]
from training.lessons.checks import check
from training.lessons.teaching import (
    actions_table,
    example_action,
    gaps_list,
    lesson_pack,
    lesson_page,
    links_table,
    targets_table,
    task_dimensions,
    tasks_table,
    told,
    uncovered_dimensions,
)

page = lesson_page("example-2021")
pack = lesson_pack("An Minh", "example-2021")

# %% [markdown] tags=["notes"]
# **1 phút.** Phát bản công văn cho lớp nếu có. Bài này đi từ văn bản đến việc cụ thể: việc gì, ai làm, khi nào xong.

# %% [markdown] tags=["slide"]
# ## Công văn 324 · Letter 324
# - Số **324/UBND-HCC**, ngày **19/3/2021**, Chủ tịch UBND tỉnh ký
# - Gửi: thủ trưởng các sở, ban, ngành; chủ tịch UBND cấp huyện, cấp xã
# - Tiếp nối Kế hoạch **138/KH-UBND** (2019) và **124/KH-UBND** (2020)
# - Mục đích: cải thiện và nâng cao PARINDEX và PAPI

# %% [markdown]
# Công văn mở đầu bằng những hạn chế: kỷ cương, kỷ luật hành chính ở một số nơi chưa nghiêm; người đứng đầu chưa nêu cao trách nhiệm; thực hiện dân chủ ở
# cơ sở nhiều nơi còn hình thức, chưa quan tâm đúng mức hoạt động của Ban Thanh tra nhân dân và Ban Giám sát đầu tư của cộng đồng; ít người dân biết dịch
# vụ bưu chính công ích và dịch vụ công trực tuyến; một cửa điện tử và trang thông tin điện tử còn hạn chế, nhất là ở cấp xã.

# %% [markdown] tags=["notes"]
# **4 phút.** Hỏi: “Trong các hạn chế ấy, hạn chế nào còn đúng với đơn vị mình hôm nay?” Ghi hai, ba ý lên bảng, cuối giờ quay lại.

# %% [markdown] tags=["slide", "wide", "small"]
# ## Nhiệm vụ và người được giao · Tasks and to whom they are given

# %% tags=["show", "ours", "asked"]
tasks_table(page)

# %% [markdown]
# Nhiệm vụ 1 đến 5 giao chung cho giám đốc các sở, ban, ngành và chủ tịch UBND các huyện, thành phố; công văn không nêu một cơ quan chủ trì. Nhiệm vụ 6 giao
# riêng cho bốn nơi. Giao chung mà không phân công tiếp thì dễ thành không ai làm.

# %% [markdown] tags=["notes"]
# **5 phút.** Cho mỗi người đánh dấu nhiệm vụ của cơ quan mình. Hỏi: nhiệm vụ giao chung thì ở đơn vị ai thực sự làm?

# %% [markdown] tags=["slide", "wide"]
# ## Ba mục tiêu có con số · Three targets with a number

# %% tags=["show", "ours", "asked"]
targets_table(page)

# %% [markdown]
# Mục tiêu về dịch vụ công trực tuyến đặt cho Cổng Dịch vụ công **của tỉnh**, không phải cho từng huyện; ở huyện chỉ là mốc để so sánh. Các nhiệm vụ còn lại
# không có con số: muốn biết xong hay chưa phải tự đặt cách đo.

# %% [markdown] tags=["notes"]
# **4 phút.** Hỏi: “Nhiệm vụ 4 không có con số. Làm sao biết xã đã làm xong?” Gợi ý: đếm số xã đã công khai.

# %% [markdown] tags=["slide", "wide"]
# ## Nhiệm vụ chạm tới chỉ số nào · What each task bears on

# %% tags=["show", "ours", "asked"]
links_table(page)

# %% [markdown]
# Cột PAPI ghi lĩnh vực (D) hoặc nội dung thành phần (ví dụ 3.1) mà nhiệm vụ **nói đúng điều chỉ số đo**. Phần lớn là do chúng tôi ghép; một vài chỗ công văn
# tự nêu. Nhiệm vụ tập huấn không gắn với chỉ số nào: nó hỗ trợ tất cả.

# %% [markdown] tags=["notes"]
# **5 phút.** Chọn một dòng, hỏi vì sao lại ghép như vậy. Khuyến khích lớp không đồng ý và đề nghị sửa: đó là dòng trong một bảng, sửa được.

# %% [markdown] tags=["slide"]
# ## Cái bẫy ở nhiệm vụ 5 · The trap in task 5
# - Công văn gắn **dịch vụ công trực tuyến** với Chỉ số “Cung ứng dịch vụ công”
# - Trong PAPI, “Cung ứng dịch vụ công” (D6) đo **y tế, giáo dục tiểu học, hạ tầng, an ninh**
# - Dịch vụ công trực tuyến ở **Quản trị điện tử** (D8); thủ tục ở D5
# - Làm tốt nhiệm vụ 5 thì chờ kết quả ở **D8, D5**

# %% [markdown] tags=["notes"]
# **4 phút.** Không phải để chê công văn: tên gọi dễ nhầm. Điều quan trọng là tìm kết quả ở đúng chỗ, nếu không sẽ kết luận oan là “làm rồi mà không có tác
# dụng”.

# %% [markdown] tags=["slide", "wide", "tiny"]
# ## Chỗ chưa có nhiệm vụ · What no task covers

# %% tags=["show", "ours"]
gaps_list(page)

# %% [markdown] tags=["notes"]
# **3 phút.** Hai lĩnh vực không nhiệm vụ nào nói tới. Không có nghĩa là không quan trọng; nghĩa là cần giao thêm, hoặc đã giao ở văn bản khác.

# %% [markdown] tags=["slide"]
# ## Từ phát hiện đến việc · From a finding to an action
# 1. **Phát hiện**: điều số liệu cho biết, kèm độ chắc chắn
# 2. **Việc**: một động từ, một kết quả đếm được
# 3. **Người**: *một* người hoặc một cơ quan chịu trách nhiệm
# 4. **Thời hạn**: một ngày cụ thể
#
# Thiếu một trong bốn thì chưa phải là nhiệm vụ

# %% [markdown]
# So sánh hai cách viết. “Các đơn vị tăng cường công khai, minh bạch”: không ai biết ai làm gì, khi nào xong. “Chủ tịch UBND huyện yêu cầu các xã còn lại niêm
# yết danh sách hộ nghèo tại trụ sở và nhà văn hóa ấp trước ngày …; phòng Nội vụ kiểm tra và báo cáo”: có việc, có người, có hạn, kiểm tra được.
#
# Những từ thường che một việc chưa rõ: *tăng cường, đẩy mạnh, nâng cao, quán triệt, quan tâm*. Khi gặp, hãy hỏi: làm xong thì thấy gì khác?

# %% [markdown] tags=["notes"]
# **5 phút.** Cho lớp sửa một câu trong công văn thành bốn phần. Ví dụ ở trên là minh họa, không phải chỉ đạo thật.

# %% [markdown] tags=["slide", "wide", "small"]
# ## Bảng việc của một huyện · One district's actions

# %% tags=["show", "simulated", "asked"]
actions_table(pack)

# %% [markdown]
# Bảng trên lấy từ bản tin của huyện An Minh (số liệu hành chính **mô phỏng**). Việc cần làm được sinh ra từ số đã đếm: xã nào chưa công khai, bao nhiêu hồ sơ quá
# hạn. Số đếm là toàn bộ nên không có sai số chọn mẫu; điều đó khác với điểm khảo sát.

# %% [markdown] tags=["notes"]
# **4 phút.** Đọc một dòng thật kỹ: đã đếm gì, còn bao nhiêu, việc là gì. Hỏi: “Việc này đã đủ bốn phần chưa? Còn thiếu gì?” Thường thiếu ngày.

# %% [markdown] tags=["slide"]
# ## Theo dõi đến khi xong · Follow it to the end
# - Mỗi quý đếm lại **cùng một thứ**, cùng một cách
# - Xong thì ghi *xong*, chưa xong thì ghi *còn bao nhiêu*
# - Khó khăn: báo cáo UBND tỉnh **qua Sở Nội vụ** để tổng hợp
# - Đừng đợi điểm PAPI năm sau mới biết

# %% [markdown]
# **Nguồn.** Công văn 324/UBND-HCC ngày 19/3/2021; data/directive (tasks, targets, links, explanations); snv.kiengiang.gov.vn (tin 1250) về Kế hoạch 138; số liệu
# hành chính: mô phỏng (data/example/administrative-2021.csv).

# %% [markdown] tags=["notes"]
# **2 phút.** Quay lại hai, ba hạn chế đã ghi đầu giờ: hạn chế nào nay đã thành một việc có người, có hạn?

# %% [markdown] tags=["exercise", "O5.1"]
# ### Bài tập 5.1 · Exercise 5.1: Việc của ai
# Ghép bốn nhiệm vụ giao riêng với nơi được giao: sửa đổi, kiểm soát thủ tục hành chính; vận hành Một cửa điện tử và Cổng Dịch vụ công; tập huấn
# về PARINDEX và PAPI; củng cố hai Ban.
#
# - A. Văn phòng UBND tỉnh
# - B. Sở Thông tin và Truyền thông
# - C. Sở Nội vụ
# - D. Chủ tịch UBND các huyện, thành phố

# %% tags=["solution"]
answer = {
    "Sửa đổi, đơn giản hóa, kiểm soát thủ tục hành chính; theo dõi nhiệm vụ Chính phủ giao": "A",
    "Tuyên truyền và vận hành Một cửa điện tử, Cổng Dịch vụ công": "B",
    "Tập huấn về PARINDEX và PAPI": "C",
    "Củng cố Ban Thanh tra nhân dân và Ban Giám sát đầu tư cộng đồng": "D",
}
check("5.1", answer)

# %% [markdown] tags=["solution"]
# Đọc bốn dòng cuối của bảng nhiệm vụ.

# %% [markdown] tags=["notes"]
# **3 phút.** Nhầm hay gặp: giao việc củng cố hai Ban cho Sở Nội vụ.

# %% [markdown] tags=["exercise", "O5.2"]
# ### Bài tập 5.2 · Exercise 5.2: Mục tiêu năm 2022
# Công văn hướng tới **trên bao nhiêu phần trăm** dịch vụ công mức độ 3, 4 vào năm 2022?

# %% tags=["solution"]
answer = targets_table(page).rows[1][1]
check("5.2", answer)

# %% [markdown] tags=["solution"]
# Năm 2021 là mục tiêu khác; hãy đọc cột năm.

# %% [markdown] tags=["notes"]
# **2 phút.** Hỏi thêm: mục tiêu này đặt cho ai? Cho Cổng Dịch vụ công của tỉnh.

# %% [markdown] tags=["exercise", "O5.3"]
# ### Bài tập 5.3 · Exercise 5.3: Lĩnh vực bị bỏ trống
# Những **lĩnh vực** PAPI nào không có nhiệm vụ nào của công văn nói trực tiếp tới? Ghi các mã, ví dụ "D1, D2".

# %% tags=["solution"]
answer = uncovered_dimensions(page)
check("5.3", answer)

# %% [markdown] tags=["solution"]
# Những số không xuất hiện ở cột PAPI của bảng, kể cả qua nội dung thành phần.

# %% [markdown] tags=["notes"]
# **3 phút.** Nhiều người nêu D1 hoặc D3: chúng được chạm tới qua nội dung 1.3, 1.4, 3.1, 3.2.

# %% [markdown] tags=["exercise", "O5.3"]
# ### Bài tập 5.4 · Exercise 5.4: Chờ kết quả ở đâu
# Làm tốt nhiệm vụ 5 (dịch vụ công trực tuyến) thì nên tìm kết quả ở những lĩnh vực PAPI nào? Ghi các mã.

# %% tags=["solution"]
answer = task_dimensions(page, "T5")
check("5.4", answer)

# %% [markdown] tags=["solution"]
# Theo nội dung được đo, không theo tên gọi trong công văn.

# %% [markdown] tags=["notes"]
# **2 phút.** Ai ghi D6 thì mở lại trang “Cái bẫy”.

# %% [markdown] tags=["exercise", "O5.2"]
# ### Bài tập 5.5 · Exercise 5.5: Còn bao nhiêu xã
# Theo bảng việc của huyện An Minh, còn bao nhiêu đơn vị cấp xã **chưa** công khai danh sách hộ nghèo?

# %% tags=["solution"]
answer = told(pack, "poverty_list_published").rest
check("5.5", answer)

# %% [markdown] tags=["solution"]
# Tổng số đơn vị cấp xã trừ số đã công khai.

# %% [markdown] tags=["notes"]
# **2 phút.** Hỏi tiếp: xã nào? Bảng có nêu tên.

# %% [markdown] tags=["exercise", "O5.2"]
# ### Bài tập 5.6 · Exercise 5.6: Viết một việc
# Viết một việc cho huyện An Minh từ bảng trên, đủ ba phần: việc gì, ai chịu trách nhiệm, ngày nào xong. Máy chỉ kiểm tra hình thức, không chấm hay dở.

# %% tags=["solution"]
answer = {
    "việc": example_action(pack, "T4_poverty"),
    "ai": "Chủ tịch UBND huyện An Minh",
    "hạn": "31/12/2021",
}
check("5.6", answer)

# %% [markdown] tags=["solution"]
# Câu nào có động từ rõ, có kết quả đếm được, một người chịu trách nhiệm và một ngày thì được.

# %% [markdown] tags=["notes"]
# **4 phút.** Đọc ba câu của lớp lên. Câu “tăng cường…” thì cả lớp cùng sửa. Đây là câu học viên mang về đơn vị.
