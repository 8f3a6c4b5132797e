"""Bài 6: Đọc bản tin của huyện mình. Lesson 6: reading your own district's pack."""

# %% tags=["setup"]
from analysis.briefing import sections
from training.lessons.checks import check
from training.lessons.teaching import (
    broken_dimensions,
    comparison_table,
    count_signs,
    lesson_pack,
    signed_table,
    signs_table,
)

pack = lesson_pack("An Minh", "example-2021")
unsampled = lesson_pack("Kiên Hải", "example-2021")

# %% [markdown] tags=["notes"]
# **2 phút.** Phát cho mỗi người bản tin in của huyện mình (hai mặt giấy A4) nếu đã dựng. Ai chưa có thì dùng bản của An Minh trong bài. Nhắc ngay: số liệu trong
# bài là mô phỏng.

# %% [markdown] tags=["slide"]
# ## Bản tin trả lời bốn câu hỏi · A pack answers four questions
# 1. Người dân huyện ta **trả lời gì**, chắc đến đâu?
# 2. Có gì **khác** so với tỉnh, so với năm trước?
# 3. Theo Công văn 324, **việc gì** phải làm, còn bao nhiêu?
# 4. Điều gì **chưa thể nói**?

# %% [markdown]
# Mỗi huyện có một bản tin: một trang web mở được khi không có mạng, in vừa hai mặt giấy A4, và một phụ lục chứa mọi con số. Mọi câu chữ trong bản tin được
# viết ra từ cùng một bảng kết quả: câu, bảng và hình không thể nói khác nhau.
#
# Dòng đầu trang cho biết bản tin của nơi nào, vòng khảo sát nào. Nếu dòng ấy ghi **DỮ LIỆU MÔ PHỎNG** thì đó là ví dụ để học: không được trích dẫn.

# %% [markdown] tags=["notes"]
# **4 phút.** Cho lớp tìm trên bản in: tên huyện, năm khảo sát, dòng “mô phỏng”, số người trả lời. Ai tìm được cả bốn thì giơ tay.

# %% [markdown] tags=["slide", "wide"]
# ## Ba điều cần biết · Three headlines

# %% tags=["show", "simulated", "asked"]
sections.headlines(pack)

# %% [markdown]
# Luôn đọc theo thứ tự: **so với tỉnh**, **so với năm trước**, **dựa trên bao nhiêu người**. Câu “chưa đủ bằng chứng” không phải là “không khác”: có thể khác,
# nhưng mẫu này chưa đủ lớn để biết. Với vài chục hoặc hơn một trăm người trả lời, phần lớn chênh lệch nhỏ không nhìn thấy được.

# %% [markdown] tags=["notes"]
# **5 phút.** Mời một người đọc to điều thứ nhất, rồi hỏi: “Vậy huyện này bằng mức chung của tỉnh, đúng không?” Câu trả lời đúng: chưa biết.

# %% [markdown] tags=["slide", "wide"]
# ## Hình tám lĩnh vực · The chart of dimensions

# %% tags=["show", "simulated"]
sections.dimensions(pack)

# %% [markdown]
# Chấm là điểm, vạch ngang là khoảng tin cậy. Vạch dài thì kém chắc chắn. Đừng so hai chấm với nhau; hãy xem hai vạch. Bên phải là thay đổi so với năm trước:
# vạch nằm hẳn một bên số 0 mới có thể là thay đổi.

# %% [markdown] tags=["notes"]
# **5 phút.** Chỉ vào vạch dài nhất và hỏi vì sao dài: ít người trả lời câu đó, hoặc người trong một ấp trả lời giống nhau.

# %% [markdown] tags=["slide", "wide", "small"]
# ## Vì sao “chưa đủ bằng chứng” · Why “not enough evidence”

# %% tags=["show", "simulated"]
comparison_table(pack)

# %% [markdown]
# Khoảng của chênh lệch có chứa số 0 thì không nói được là hơn hay kém. Có dòng khoảng không chứa 0 mà vẫn “chưa đủ bằng chứng”: khi so nhiều lĩnh vực cùng lúc
# thì dễ có một lĩnh vực lệch chỉ do may rủi, nên chương trình đòi bằng chứng mạnh hơn.

# %% [markdown] tags=["notes"]
# **4 phút.** Cho lớp tìm dòng có khoảng chứa 0. Ví dụ dễ nhớ: tung nhiều đồng xu, thế nào cũng có đồng ra ngửa liên tiếp.

# %% [markdown] tags=["slide", "wide", "small"]
# ## Dấu hiệu thay cho con số · Signs in the place of numbers

# %% tags=["show", "simulated", "asked"]
signs_table(pack)

# %% [markdown]
# Dấu **\*** : quá ít câu trả lời, hoặc khoảng quá rộng, nên không nêu. Số trong **( )** : nêu được nhưng phải thận trọng, không dùng làm căn cứ duy nhất. Dấu **–** :
# không tính được sai số. Các dấu này bảo vệ người đọc khỏi con số không đáng tin, và bảo vệ người trả lời khỏi bị nhận ra.

# %% [markdown] tags=["notes"]
# **4 phút.** Hỏi: “Cấp trên yêu cầu điền số vào chỗ dấu sao thì làm thế nào?” Trả lời: không có số để điền; gửi kèm trang phương pháp.

# %% [markdown] tags=["slide", "wide", "small"]
# ## Vài dòng của phụ lục · Some lines of the annex

# %% tags=["show", "simulated"]
signed_table(pack)

# %% [markdown] tags=["notes"]
# **3 phút.** Mỗi người đọc to một dòng: con số, khoảng, số người trả lời; dòng nào có dấu thì nói nghĩa của dấu.

# %% [markdown] tags=["slide"]
# ## Hai loại số trong một bảng · Two kinds of numbers in one table
# - **Người dân trả lời**: lấy từ mẫu, có khoảng tin cậy
# - **Số liệu hành chính**: đếm hết, không có sai số chọn mẫu, nhưng *báo cáo có thể sai*
# - Cột **Việc cần làm** chủ yếu sinh ra từ số đếm
# - Một bên tốt, một bên xấu: hãy hỏi vì sao, đừng chọn số mình thích

# %% [markdown]
# Ví dụ: xã báo cáo đã niêm yết danh sách hộ nghèo, nhưng nhiều người dân trả lời là không thấy. Cả hai có thể cùng đúng: đã niêm yết, nhưng ở nơi ít người qua
# lại. Đó là một phát hiện có ích, không phải là mâu thuẫn phải giấu đi.

# %% [markdown] tags=["notes"]
# **4 phút.** Hỏi: “Xã tôi có 100% niêm yết mà dân vẫn nói không biết, vì sao?” Ghi ba nguyên nhân lên bảng.

# %% [markdown] tags=["slide", "wide"]
# ## Huyện không có mẫu · A district without a sample

# %% tags=["show", "simulated", "asked"]
sections.headlines(unsampled)

# %% [markdown]
# Huyện không có ai được phỏng vấn thì bản tin **không có điểm của huyện**. Bản tin nêu điểm của toàn tỉnh và gọi đúng tên: điểm của tỉnh. Số liệu hành chính và việc
# cần làm của huyện thì vẫn có đủ.

# %% [markdown] tags=["notes"]
# **4 phút.** Ở PAPI thật, phần lớn huyện ở vào trường hợp này. Nói với người ở Kiên Hải, Giang Thành: bản tin không có điểm không phải là bản tin hỏng.

# %% [markdown] tags=["slide", "wide"]
# ## Điều chưa thể nói · What cannot be said

# %% tags=["show", "simulated", "asked"]
sections.limits(pack)

# %% [markdown]
# Mục này nằm ngay trang hai, không phải chữ nhỏ cuối trang. Dòng đầu cho biết chênh lệch phải lớn cỡ nào thì mẫu mới nhận ra. Nếu chênh lệch thật nhỏ hơn mức ấy,
# “chưa đủ bằng chứng” là câu trả lời phải chờ đợi, dù huyện làm tốt hay chưa tốt.

# %% [markdown] tags=["notes"]
# **4 phút.** Hỏi: “Năm nay ta cải thiện thật 0,3 điểm ở D4. Bản tin có thấy không?” So với ngưỡng ghi ở dòng đầu.

# %% [markdown] tags=["slide"]
# ## Dùng bản tin trong cuộc họp · Using the pack in a meeting
# - Đọc *Ba điều cần biết*, đúng nguyên văn
# - Chọn **một** nhiệm vụ; xem số đếm và việc cần làm
# - Giao: việc, người, hạn (bài 5)
# - Trích số thì trích **cả khoảng** và **số người trả lời**
# - Không xếp hạng huyện, không nói nguyên nhân

# %% [markdown]
# **Nguồn.** Bản tin do chương trình dựng từ vòng khảo sát mô phỏng example-2021; cách tính và ngưỡng ghi ở trang Phương pháp (methods) và analysis/METHODS.md.

# %% [markdown] tags=["notes"]
# **3 phút.** Cho lớp đóng vai: một người là chủ tịch, một người là trưởng phòng Nội vụ, báo cáo bản tin trong một phút.

# %% [markdown] tags=["exercise", "O6.1"]
# ### Bài tập 6.1 · Exercise 6.1: Câu nào đúng?
# Theo bản tin của huyện An Minh, câu nào được phép đưa vào báo cáo? Ghi một chữ.
#
# - A. “PAPI của huyện bằng mức chung của tỉnh.”
# - B. “Huyện kém hơn tỉnh ở những lĩnh vực có điểm thấp hơn.”
# - C. “Chưa đủ bằng chứng để nói huyện tốt hơn hay kém hơn mức chung của tỉnh.”
# - D. “Huyện đứng thứ mười trong tỉnh.”

# %% tags=["solution"]
answer = "C"
check("6.1", answer)

# %% [markdown] tags=["solution"]
# Điều thứ nhất trong “Ba điều cần biết”. A nói quá: chưa thấy khác không có nghĩa là bằng nhau.

# %% [markdown] tags=["notes"]
# **2 phút.** A là câu dễ nhầm nhất. Hỏi: có bao nhiêu bằng chứng là *bằng nhau*?

# %% [markdown] tags=["exercise", "O6.1"]
# ### Bài tập 6.2 · Exercise 6.2: Thay đổi của một lĩnh vực
# So với năm trước, điểm “Công khai, minh bạch” của huyện An Minh thay đổi bao nhiêu điểm? Ghi cả dấu, hai chữ số thập phân.

# %% tags=["solution"]
change = pack.by_measure("change")
answer = round(change.at["D2", "estimate"], 2)
check("6.2", answer)

# %% [markdown] tags=["solution"]
# Số đứng trước ngoặc ở điều thứ hai; hai số trong ngoặc là khoảng tin cậy.

# %% [markdown] tags=["notes"]
# **2 phút.** Người quên dấu trừ: hỏi “tăng hay giảm?”.

# %% [markdown] tags=["exercise", "O6.1"]
# ### Bài tập 6.3 · Exercise 6.3: Bao nhiêu số bị giữ lại
# Trong phụ lục của huyện An Minh, bao nhiêu con số **không được nêu** vì quá ít câu trả lời (dấu \*)?

# %% tags=["solution"]
answer = count_signs(pack)["suppressed"]
check("6.3", answer)

# %% [markdown] tags=["solution"]
# Dòng dấu \* trong bảng ký hiệu.

# %% [markdown] tags=["notes"]
# **2 phút.** Hỏi thêm: huyện có ít người trả lời hơn thì con số này tăng hay giảm?

# %% [markdown] tags=["exercise", "O6.1"]
# ### Bài tập 6.4 · Exercise 6.4: Huyện không có mẫu
# Bản tin của huyện Kiên Hải nêu một tổng điểm. Phải viết thế nào trong báo cáo của huyện? Ghi một chữ.
#
# - A. “Tổng điểm PAPI của huyện Kiên Hải là …”
# - B. “Tổng điểm của toàn tỉnh là …; huyện Kiên Hải không có người được phỏng vấn.”
# - C. “Ước tính điểm của huyện bằng điểm của tỉnh.”
# - D. “Huyện được 0 điểm vì không có mẫu.”

# %% tags=["solution"]
answer = "B"
check("6.4", answer)

# %% [markdown] tags=["solution"]
# Gọi đúng tên: điểm của tỉnh.

# %% [markdown] tags=["notes"]
# **1 phút.** Câu C nghe khiêm tốn nhưng vẫn sai: không có căn cứ nào để ước tính.

# %% [markdown] tags=["exercise", "O6.1"]
# ### Bài tập 6.5 · Exercise 6.5: Lĩnh vực không so được
# Những lĩnh vực nào bản tin **không nói được** là tăng hay giảm so với năm trước? Ghi các mã, ví dụ "D1, D2".

# %% tags=["solution"]
answer = broken_dimensions(pack)
check("6.5", answer)

# %% [markdown] tags=["solution"]
# Ở mục “Điều chưa thể nói”: các lĩnh vực có cách đo đã đổi.

# %% [markdown] tags=["notes"]
# **2 phút.** Khác với “chưa đủ bằng chứng”: ở đây dù mẫu lớn đến đâu cũng không so được.

# %% [markdown] tags=["exercise", "O6.1"]
# ### Bài tập 6.6 · Exercise 6.6: Ký hiệu
# Ghép mỗi ký hiệu (dấu sao, số trong ngoặc đơn, dấu gạch ngang) với nghĩa của nó.
#
# - A. Không nêu vì quá ít câu trả lời hoặc khoảng quá rộng
# - B. Nêu được, nhưng phải thận trọng
# - C. Không tính được sai số

# %% tags=["solution"]
answer = {"Dấu sao": "A", "Số trong ngoặc đơn": "B", "Dấu gạch ngang": "C"}
check("6.6", answer)

# %% [markdown] tags=["solution"]
# Chú giải nằm ngay dưới mỗi bảng có dùng ký hiệu.

# %% [markdown] tags=["notes"]
# **2 phút.** Cho lớp tìm một ví dụ của mỗi ký hiệu trên bản in của mình.
