"""Bài 8: Từ một tệp số liệu mới đến các bản tin. Lesson 8: from a new microdata file to packs."""

# %% tags=["setup"]
from analysis.briefing import data_checks
from training.lessons.checks import check
from training.lessons.teaching import (
    column_role,
    lesson_data,
    missing_codes,
    no_answer_table,
    round_roles_table,
    steps_table,
)

page = lesson_data("example-papi-2021")

# %% [markdown] tags=["notes"]
# **2 phút.** Bài dành cho người sẽ tự đưa tệp mới vào. Mỗi máy cần có bộ công cụ và tệp ví dụ. Không dùng tệp thật trong lớp.

# %% [markdown] tags=["slide"]
# ## Đường đi của một tệp · The path of a file
# - **Tệp gốc** giữ nguyên, không sửa tay
# - Mọi quyết định ghi trong **một tệp cấu hình** của vòng khảo sát
# - Máy **kiểm tra** rồi mới tính; lỗi nặng thì **dừng**
# - Cuối cùng: một **bản tin cho mỗi huyện**

# %% [markdown]
# Sửa tay trong Excel thì năm sau không ai biết đã sửa gì. Ở đây, tệp gốc nằm yên trong thư mục `raw/`; dòng sửa nào cần thì ghi thành một dòng có lý do. Ai chạy lại
# cũng ra đúng những con số ấy.

# %% [markdown] tags=["notes"]
# **3 phút.** Hỏi: “Ai từng mở lại một tệp Excel cũ mà không biết ô nào đã bị sửa?”

# %% [markdown] tags=["slide", "wide"]
# ## Năm bước, năm lệnh · Five steps, five commands

# %% tags=["show", "ours", "asked"]
steps_table()

# %% [markdown]
# Làm theo thứ tự. Bước 2 chỉ **soạn nháp**: máy đoán cột nào là huyện, trọng số, tầng, cụm và in ra những điều còn phải quyết định; người có trách nhiệm quyết định, rồi
# xóa dòng `# decide:`. Bước 3 chưa sửa gì, chỉ báo.

# %% [markdown] tags=["notes"]
# **10 phút.** Chạy thật bước 1 và 2 trên máy chiếu với tệp ví dụ. Đọc to một dòng `# decide:` và hỏi ai là người được quyền trả lời.

# %% [markdown] tags=["slide", "wide"]
# ## Cột nào là gì · What each column is

# %% tags=["show", "simulated", "asked"]
round_roles_table(page)

# %% [markdown]
# Sai ở đây thì mọi con số sau đều sai, mà không có thông báo lỗi nào. Hai điều hay nhầm: lấy **cụm** của tỉnh cho số của huyện (ở vòng này, cụm của tỉnh là huyện; số của
# một huyện phải lấy thôn, ấp làm cụm), và quên **trọng số**.

# %% [markdown] tags=["notes"]
# **4 phút.** Hỏi: ở vòng này toàn tỉnh có ba cụm, vậy bậc tự do là bao nhiêu? Hai. Khoảng tin cậy sẽ rộng.

# %% [markdown] tags=["slide", "wide"]
# ## Mã không trả lời · Codes of no answer

# %% tags=["show", "simulated", "asked"]
missing_codes(page)

# %% [markdown]
# Ba loại không trả lời **khác nhau**: *không biết*, *từ chối*, *không được hỏi*. Nếu quên khai, 888 sẽ bị cộng vào trung bình như một điểm số. Mỗi chỉ tiêu tự quy định
# không biết thì tính thế nào: bỏ ra, hay coi là “không”.

# %% [markdown] tags=["notes"]
# **4 phút.** Ví dụ tính nhẩm: chín người trả lời 1, một người 888; trung bình bao nhiêu nếu quên khai? Ai cũng nhớ ngay.

# %% [markdown] tags=["slide", "wide", "small"]
# ## Câu nào nhiều người không trả lời · Questions left without an answer

# %% tags=["show", "simulated", "asked"]
no_answer_table(page)

# %% [markdown]
# “Không được hỏi” không tính vào mẫu số: người chưa làm thủ tục thì không được hỏi về thủ tục. Câu có nhiều người không biết thường là câu khó hiểu hoặc về điều chưa được
# công khai: cũng là một phát hiện.

# %% [markdown] tags=["notes"]
# **4 phút.** Chọn một dòng: chia số “không biết” cho số được hỏi. So với cột tỷ lệ.

# %% [markdown] tags=["slide", "wide", "tiny"]
# ## Máy kiểm tra thấy gì · What the checks find

# %% tags=["show", "simulated"]
data_checks.summary(page)

# %% tags=["show", "simulated"]
data_checks.files(page)

# %% [markdown]
# Ba mức: **phải dừng** (chưa tính được gì), **dòng bị loại** (vẫn tính, dòng ấy không vào, có đếm), **lưu ý** (nên biết). Mỗi phát hiện nêu tệp, cột, dòng, giá trị mong đợi và
# cách sửa. `--xlsx` ghi tất cả ra Excel, ô sai được tô màu, để gửi lại đơn vị khảo sát.

# %% [markdown] tags=["notes"]
# **4 phút.** Mở bảng Excel phát hiện của một tệp hỏng cố ý (xem tests/faults) nếu còn thời gian.

# %% [markdown] tags=["slide"]
# ## Trước khi gửi bản tin · Before packs are sent
# - Mở `index.html`: đủ 15 huyện chưa, có huyện nào **không dựng được**?
# - Đối chiếu vài con số với phần mềm khác (bài 7)
# - Đọc trang *Phương pháp*, trang *Kiểm tra số liệu*
# - Tệp thật: giữ ngoài thư mục chương trình, có **hạn xóa** (`workbench purge`)

# %% [markdown]
# Bản tin không chứa dòng nào của người trả lời, nhưng tệp trong `built/` thì có: bảo vệ như tệp gốc. Thư mục dữ liệu đặt ngoài chương trình, không đưa lên git, không gửi qua
# mạng xã hội.

# %% [markdown] tags=["notes"]
# **3 phút.** Hỏi: “Ai ở đơn vị được mở tệp gốc? Khi nào phải xóa?” Ghi tên và ngày.

# %% [markdown] tags=["slide"]
# ## Nhớ ba điều · Three things to remember
# 1. **Không sửa tay** tệp gốc: khai trong tệp cấu hình
# 2. **888, 999, −999999** phải khai trước khi tính
# 3. **Kiểm tra** trước, tính sau; lưu ý nào cũng phải có người đọc

# %% [markdown]
# **Nguồn.** data/rounds/example-papi-2021.toml; data/example/README.md; mã không trả lời theo tệp số liệu PAPI năm 2016. Vòng example-papi-2021 là số liệu mô phỏng theo cách
# chọn mẫu của PAPI.

# %% [markdown] tags=["notes"]
# **2 phút.** Giao việc về nhà: dựng bản tin từ tệp ví dụ, không nhìn tài liệu.

# %% [markdown] tags=["exercise", "O8.1"]
# ### Bài tập 8.1 · Exercise 8.1: Thứ tự các bước
# Ghép mỗi lệnh với số thứ tự của bước (1 đến 5).
#
# - `workbench packs`
# - `workbench check`
# - `workbench new`
# - `workbench build`
# - `workbench round new`

# %% tags=["solution"]
answer = {
    "workbench new": "1",
    "workbench round new": "2",
    "workbench check": "3",
    "workbench build": "4",
    "workbench packs": "5",
}
check("8.1", answer)

# %% [markdown] tags=["solution"]
# Tạo thư mục, soạn vòng, kiểm tra, tính, dựng bản tin.

# %% [markdown] tags=["notes"]
# **2 phút.** Hỏi: bỏ bước 3 thì sao? `build` vẫn kiểm tra và dừng khi có lỗi nặng, nhưng đọc trước thì biết sớm.

# %% [markdown] tags=["exercise", "O8.1"]
# ### Bài tập 8.2 · Exercise 8.2: Mã 888
# Trong tệp này, mã **888** là loại không trả lời nào? Ghi một chữ.
#
# - A. Không biết
# - B. Từ chối trả lời
# - C. Không được hỏi
# - D. Điểm cao nhất

# %% tags=["solution"]
answer = "A"
check("8.2", answer)

# %% [markdown] tags=["solution"]
# Xem bảng mã không trả lời.

# %% [markdown] tags=["notes"]
# **1 phút.** Hỏi luôn hai mã kia.

# %% [markdown] tags=["exercise", "O8.1"]
# ### Bài tập 8.3 · Exercise 8.3: Quên khai 888
# Một câu hỏi “có = 1, không = 0” có mười người trả lời: tám người 1, một người 0, một người 888. Tỷ lệ “có” đúng trong số người **trả lời được** là bao nhiêu phần
# trăm? Một chữ số thập phân.

# %% tags=["solution"]
answers = [1] * 8 + [0]
answer = 100 * sum(answers) / len(answers)
check("8.3", answer)

# %% [markdown] tags=["solution"]
# Bỏ người 888 khỏi cả tử số và mẫu số.

# %% [markdown] tags=["notes"]
# **2 phút.** Nếu quên khai thì “trung bình” là một con số gần 90: sai mà không báo lỗi.

# %% [markdown] tags=["exercise", "O8.1"]
# ### Bài tập 8.4 · Exercise 8.4: Cột nào là cụm
# Trong vòng example-papi-2021, cột nào của tệp là **cụm (PSU) khi tính số của một huyện**? Ghi tên cột như trong bảng “Cột nào là gì”.
#
# - A. PSW_PSU
# - B. huyen
# - C. thon
# - D. PSW_STRATA

# %% tags=["solution"]
answer = {"PSW_PSU": "A", "huyen": "B", "thon": "C", "PSW_STRATA": "D"}[column_role(page, "district_psu")]
check("8.4", answer)

# %% [markdown] tags=["solution"]
# Cụm của tỉnh là huyện; cụm của huyện là thôn, ấp.

# %% [markdown] tags=["notes"]
# **2 phút.** Ai chọn A: một huyện chỉ có một cụm như thế thì không có sai số.

# %% [markdown] tags=["exercise", "O8.1"]
# ### Bài tập 8.5 · Exercise 8.5: Tỷ lệ không trả lời
# Ở dòng **đầu tiên** của bảng “Câu nào nhiều người không trả lời”, bao nhiêu phần trăm người được hỏi **không trả lời được** (mọi loại)? Một chữ số thập phân.

# %% tags=["solution"]
first = data_checks.shares_without(page).iloc[0]
answer = 100 * (first["dont_know"] + first["refused"] + first["missing"]) / first["asked"]
check("8.5", answer)

# %% [markdown] tags=["solution"]
# Cộng ba loại, chia cho số người được hỏi.

# %% [markdown] tags=["notes"]
# **2 phút.** Mẫu số là người **được hỏi câu này**, không phải cả mẫu.

# %% [markdown] tags=["exercise", "O8.1"]
# ### Bài tập 8.6 · Exercise 8.6: Xử lý một lưu ý
# Máy báo: “một số người trả lời giống nhau ở mọi câu của một nhóm câu hỏi”. Làm gì? Ghi một chữ.
#
# - A. Xóa sáu dòng ấy khỏi tệp gốc
# - B. Hỏi đơn vị khảo sát; ghi quyết định thành một dòng sửa có lý do nếu cần
# - C. Bỏ qua, vì chỉ là lưu ý
# - D. Thay bằng giá trị trung bình

# %% tags=["solution"]
answer = "B"
check("8.6", answer)

# %% [markdown] tags=["solution"]
# Trả lời giống nhau vẫn có thể là thật. Chỉ người biết thực địa mới nói được.

# %% [markdown] tags=["notes"]
# **2 phút.** Nhắc lại: lưu ý nào cũng phải có người đọc, và quyết định nào cũng để lại dấu vết.
