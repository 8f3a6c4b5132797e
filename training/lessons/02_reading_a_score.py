"""Bài 2: Đọc một điểm số. Lesson 2: reading a score — samples, weights, intervals, “not enough evidence”."""

# %% tags=["setup"]
from analysis.briefing import sections
from training.lessons.checks import check
from training.lessons.teaching import (
    answers_table,
    comparison_table,
    draw_repeated,
    interval_table,
    lesson_pack,
    lesson_page,
    lesson_survey,
    sizes_of_samples,
    true_share,
    weights_table,
    year_table,
)

page = lesson_page("example-2021")
pack = lesson_pack("Giồng Riềng", "example-2021")
survey = lesson_survey("example-2021")

# %% [markdown] tags=["notes"]
# **1 phút.** Bài này không có công thức. Nói trước: cuối giờ ai cũng đọc được câu “5,1 (3,9–6,3)” và biết khi nào *không* được kết luận.

# %% [markdown] tags=["slide", "small"]
# ## Điểm từ đâu ra · Where a score comes from
# - Mỗi lĩnh vực: thang **1–10**
# - Cộng các nội dung thành phần thành lĩnh vực
# - Cộng tám lĩnh vực thành **tổng điểm**
# - Cao là tốt

# %% tags=["show", "published", "asked"]
year_table(page, 2021)

# %% [markdown]
# Bảng trên là điểm **đã công bố** của Kiên Giang năm 2021. Cột “Điểm tối đa” cho biết thang điểm. Thứ hạng luôn ghi kèm số tỉnh có đủ kết quả
# của năm đó: năm 2021 không phải 63 tỉnh nào cũng có.

# %% [markdown] tags=["notes"]
# **5 phút.** Cho lớp tìm lĩnh vực có điểm cao nhất và lĩnh vực có **hạng** cao nhất. Hai lĩnh vực đó khác nhau: mỗi lĩnh vực khó dễ khác nhau
# trên cả nước, nên không so điểm lĩnh vực này với điểm lĩnh vực kia.

# %% [markdown] tags=["slide"]
# ## Một con số, hai câu hỏi · One number, two questions
# 1. **Bao nhiêu?** Điểm là bao nhiêu
# 2. **Chắc đến đâu?** Hỏi lại người khác thì kết quả có thể khác bao nhiêu
#
# Bản tin của ta luôn trả lời cả hai: **5,1 (3,9–6,3)**

# %% [markdown]
# “5,1 (3,9–6,3)” nghĩa là: kết quả khảo sát phù hợp với mọi giá trị từ 3,9 đến 6,3. Phần trong ngoặc gọi là **khoảng tin cậy 95%**. Nếu làm lại
# khảo sát rất nhiều lần, mỗi lần hỏi những người khác, thì khoảng 95 trong 100 khoảng như vậy chứa giá trị đúng.
#
# Hai cách hiểu sai hay gặp. “95% người dân cho điểm từ 3,9 đến 6,3”: sai, khoảng này nói về *điểm trung bình*, không nói về từng người.
# “Điểm chắc chắn là 5,1”: sai, đó chỉ là giá trị ở giữa. (5,1 ở đây chỉ là ví dụ về cách viết.)

# %% [markdown] tags=["notes"]
# **4 phút.** Đọc to cách nói đúng, lớp nhắc lại: “phù hợp với mọi giá trị từ … đến …”. Nếu ai hỏi “vậy điểm thật là bao nhiêu?”: không ai biết,
# khảo sát chỉ khoanh vùng.

# %% [markdown] tags=["slide", "wide"]
# ## Hỏi lại bốn mươi lần · Forty surveys of the same people

# %% tags=["show", "simulated"]
draw_repeated(true_share(page), sizes_of_samples(page))

# %% [markdown]
# Hình trên là một thí nghiệm tưởng tượng. Giả sử tỷ lệ đúng là đường nét đứt. Ta bốc thăm 40 lần, mỗi lần một mẫu mới; mỗi vạch là khoảng tin
# cậy của một lần. Vạch cam là lần mà khoảng không chứa giá trị đúng: hiếm, nhưng có. Mẫu càng đông thì vạch càng ngắn, và **số vạch cam không đổi
# mấy**: khoảng đã tự rộng ra khi mẫu nhỏ.
#
# Ba cỡ mẫu trong hình: số người ở một huyện có mẫu PAPI, số người của cả tỉnh trong mẫu PAPI, và mẫu mô phỏng của bộ công cụ này.

# %% [markdown] tags=["notes"]
# **6 phút.** Hỏi: “Nếu đến tỉnh ta chỉ được một lần, bạn có biết mình là vạch xanh hay vạch cam không?” Không. Vì vậy mới cần cả khoảng. Rồi chỉ
# hình bên trái: một huyện vài chục người, vạch dài đến mức gần như không nói được gì.

# %% [markdown] tags=["slide", "small"]
# ## Vì sao cần trọng số · Why weights
# - Mẫu hỏi **nhiều** người ở trung tâm hơn tỷ lệ thật
# - Trọng số trả mỗi nhóm về đúng phần của mình trong dân số
# - Tính bằng tay: *phần dân số × tỷ lệ trả lời có*, rồi cộng lại

# %% tags=["show", "simulated", "asked"]
weights_table(survey, "poverty_list_published", "residence")

# %% [markdown]
# Câu hỏi ở bảng: “xã, phường có công khai danh sách hộ nghèo không” (dữ liệu mô phỏng). Trong mẫu, phần người thành thị lớn hơn phần thật trong
# dân số, vì thiết kế luôn chọn nơi trung tâm. Dòng cuối là tỷ lệ **không** dùng trọng số. Bài tập 2.5 tính tỷ lệ có trọng số bằng tay.

# %% [markdown] tags=["notes"]
# **6 phút.** So cột “Trong mẫu” với cột “Trong dân số”. Hỏi: “Nếu cứ lấy trung bình các phiếu thì tiếng nói của ai bị nhỏ đi?” Người nông thôn.

# %% [markdown] tags=["slide", "wide"]
# ## Một huyện, tám khoảng · One district, eight intervals

# %% tags=["show", "simulated"]
sections.dimensions(pack)

# %% [markdown]
# Chấm là điểm của huyện, vạch ngang là khoảng tin cậy. Chữ bên phải là **kết luận của phép so sánh** với mức chung của tỉnh: tốt hơn, kém hơn,
# hoặc *chưa đủ bằng chứng*. Không có kết luận thứ tư. (Dữ liệu mô phỏng.)

# %% [markdown] tags=["notes"]
# **5 phút.** Che phần chữ bên phải, cho lớp đoán lĩnh vực nào khác mức chung của tỉnh. Nhiều người sẽ đoán theo vị trí chấm; mở ra cho thấy phần
# lớn là chưa đủ bằng chứng vì vạch dài.

# %% [markdown] tags=["slide"]
# ## “Chưa đủ bằng chứng” · “Not enough evidence”
# - **Không** có nghĩa là “như nhau”
# - **Không** có nghĩa là “không thay đổi”
# - Nghĩa là: với mẫu này, *cả hai chiều* đều có thể
#
# Cách viết: “Chưa đủ bằng chứng để nói điểm tăng hay giảm.”

# %% [markdown]
# Viết “tăng nhẹ” khi chưa đủ bằng chứng là viết sai. Viết “không đổi” cũng sai. Nếu cần biết chắc hơn thì phải hỏi nhiều người hơn, không phải tìm
# cách viết khác.

# %% [markdown] tags=["notes"]
# **4 phút.** Đưa ví dụ phiên tòa: “chưa đủ chứng cứ” không phải là “vô tội đã được chứng minh”. Cho hai người đọc một câu trong báo cáo cũ của đơn
# vị và sửa lại theo cách này.

# %% [markdown] tags=["slide", "wide", "tiny"]
# ## So nhiều lần thì dễ thấy nhầm · Many comparisons
# - So 15 huyện × 8 lĩnh vực: chỉ do **may rủi** cũng có phép “khác”, nên bản tin đòi bằng chứng mạnh hơn
# - Vì vậy có khi khoảng không chứa 0 mà vẫn ghi *chưa đủ bằng chứng*

# %% tags=["show", "simulated", "asked"]
comparison_table(pack)

# %% [markdown]
# Hai dòng trong bảng có khoảng chênh lệch **không chứa 0** mà kết luận vẫn là chưa đủ bằng chứng. Nếu chỉ so một lần thì có thể kết luận; nhưng ta so
# hàng trăm lần, và vài lần “khác” chỉ do may rủi. Bản tin đã tính đến điều đó.

# %% [markdown] tags=["notes"]
# **5 phút.** Ví dụ tung đồng xu: một người tung sáu lần toàn sấp là lạ; cả lớp cùng tung thì thế nào cũng có người như vậy. Đừng khen hay phạt người
# đó.

# %% [markdown] tags=["slide"]
# ## Vì sao không xếp hạng huyện · Why districts are not ranked
# - Phần lớn huyện **không có mẫu** PAPI
# - Nơi có mẫu: vài chục đến hơn trăm người, khoảng rất rộng
# - Các khoảng chồng lên nhau: thứ tự có thể **đảo ngược** nếu hỏi lại
# - Xếp hạng như vậy là xếp hạng may rủi

# %% [markdown]
# Xếp hạng 63 tỉnh đã phải thận trọng; xếp hạng huyện thì không có cơ sở. Huyện được đánh giá bằng chỉ số cải cách hành chính của tỉnh và bằng số
# liệu hành chính của chính huyện (bài 4, bài 5).
#
# **Nguồn.** README.md (“How to read the numbers”), analysis/METHODS.md; papi.org.vn (hỏi đáp); bảng số liệu cấp tỉnh của PAPI 2021; dữ liệu mô
# phỏng data/example.

# %% [markdown] tags=["notes"]
# **3 phút.** Nếu lãnh đạo yêu cầu một bảng xếp hạng: đề nghị thay bằng bảng “ai cần làm gì” của bài 5.

# %% [markdown] tags=["exercise", "O2.1"]
# ### Bài tập 2.1 · Exercise 2.1: Cộng tám lĩnh vực
# Cộng điểm tám lĩnh vực của Kiên Giang năm 2021 (bảng “Điểm từ đâu ra”). Tổng điểm là bao nhiêu? Ghi hai chữ số thập phân.

# %% tags=["solution"]
answer = year_table(page, 2021).rows[-1][1]
check("2.1", answer)

# %% [markdown] tags=["solution"]
# Dòng cuối của bảng. Cộng các điểm đã làm tròn có thể lệch 0,01; máy cũng nhận kết quả đó.

# %% [markdown] tags=["notes"]
# **3 phút.** Ai lấy trung bình sẽ ra một số dưới 10: nhắc lại là *cộng*.

# %% [markdown] tags=["exercise", "O2.1"]
# ### Bài tập 2.2 · Exercise 2.2: Thang của tổng điểm
# Từ năm 2018, tổng điểm PAPI **thấp nhất** có thể là bao nhiêu? (Mỗi lĩnh vực có thang 1–10.)

# %% tags=["solution"]
answer = page.measures.at[page.total, "minimum"]
check("2.2", answer)

# %% [markdown] tags=["solution"]
# Tám lĩnh vực, mỗi lĩnh vực ít nhất 1 điểm. Nhãn “10–80” thường thấy không phải là giá trị thấp nhất tính được.

# %% [markdown] tags=["notes"]
# **2 phút.** Câu này để nhớ rằng điểm 0 không tồn tại; 0 trong bảng của PAPI nghĩa là không có số liệu.

# %% [markdown] tags=["exercise", "O2.2"]
# ### Bài tập 2.3 · Exercise 2.3: Đầu thấp của khoảng
# Đọc bảng dưới đây. Khoảng tin cậy của điểm D1 (Tham gia của người dân) ở huyện Giồng Riềng bắt đầu từ bao nhiêu?

# %% tags=["asked", "simulated"]
interval_table(pack, ["D1", "D2", "D3"])

# %% tags=["solution"]
answer = round(pack.by_measure("level").at["D1", "ci_low"], 2)
check("2.3", answer)

# %% [markdown] tags=["solution"]
# Số đứng trước dấu gạch ở cột khoảng tin cậy.

# %% [markdown] tags=["notes"]
# **2 phút.** Bài đọc bảng thuần túy. Ai ghi điểm ở giữa thì hỏi lại: “Đó là điểm, còn khoảng bắt đầu ở đâu?”

# %% [markdown] tags=["exercise", "O2.2"]
# ### Bài tập 2.4 · Exercise 2.4: Kết luận nào đúng?
# Với D5 (Thủ tục hành chính công) của huyện Giồng Riềng trong bảng so sánh, câu nào viết đúng? Ghi một chữ.
#
# - A. Huyện làm thủ tục hành chính tốt hơn mức chung của tỉnh.
# - B. Huyện làm thủ tục hành chính kém hơn mức chung của tỉnh.
# - C. Chưa đủ bằng chứng để nói huyện tốt hơn hay kém hơn.
# - D. Huyện bằng mức chung của tỉnh.

# %% tags=["solution"]
answer = "C"
check("2.4", answer)

# %% [markdown] tags=["solution"]
# Chênh lệch mang dấu cộng và khoảng không chứa 0, nhưng sau khi tính đến số phép so sánh thì chưa đủ bằng chứng.

# %% [markdown] tags=["notes"]
# **3 phút.** Câu khó nhất. Người chọn A đã nhìn khoảng nhưng quên số phép so; người chọn D nhầm “chưa đủ bằng chứng” với “bằng nhau”.

# %% [markdown] tags=["exercise", "O2.2"]
# ### Bài tập 2.5 · Exercise 2.5: Tính trọng số bằng tay
# Dùng bảng “Vì sao cần trọng số”: tỷ lệ **có** trọng số của cả tỉnh là bao nhiêu phần trăm? Ghi một chữ số thập phân.

# %% tags=["solution"]
answer = round(100 * survey.mean("poverty_list_published")["estimate"].iloc[0], 1)
check("2.5", answer)

# %% [markdown] tags=["solution"]
# Phần dân số thành thị nhân tỷ lệ của thành thị, cộng phần dân số nông thôn nhân tỷ lệ của nông thôn.

# %% [markdown] tags=["notes"]
# **5 phút.** Cho dùng máy tính điện thoại. Ai cộng rồi chia đôi, hoặc chép dòng cuối, máy sẽ chỉ ra.

# %% [markdown] tags=["exercise", "O2.3"]
# ### Bài tập 2.6 · Exercise 2.6: Có xếp hạng được không?
# Bảng dưới đây là D1 của ba huyện, mỗi huyện kèm khoảng tin cậy. Một báo cáo viết: “Châu Thành đứng trên Hòn Đất.” Câu nào đúng? Ghi một chữ.
#
# - A. Đúng, vì điểm của nơi đứng trên cao hơn.
# - B. Sai, vì hai khoảng chồng lên nhau nhiều: chưa biết nơi nào cao hơn.
# - C. Đúng nếu làm tròn đến một chữ số thập phân.
# - D. Sai, vì điểm của hai nơi bằng nhau.

# %% tags=["asked", "simulated"]
answers_table(["Hà Tiên", "Hòn Đất", "Châu Thành"], "D1", "example-2021")

# %% tags=["solution"]
answer = "B"
check("2.6", answer)

# %% [markdown] tags=["solution"]
# Khoảng của nơi này nằm gần trọn trong khoảng của nơi kia: hỏi lại thì thứ tự dễ đảo.

# %% [markdown] tags=["notes"]
# **2 phút.** Chốt bài: đọc khoảng trước, đọc điểm sau.
