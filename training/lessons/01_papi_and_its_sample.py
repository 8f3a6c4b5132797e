"""Bài 1: PAPI đo gì và chọn mẫu như thế nào. Lesson 1: what PAPI measures and how its sample is drawn."""

# %% tags=["setup"]
from analysis.briefing import overview
from training.lessons.checks import check
from training.lessons.teaching import dimension_table, draw_sample, lesson_page, sampling_table

page = lesson_page("example-papi-2021")

# %% [markdown] tags=["notes"]
# **2 phút.** Chào lớp, nói rõ bài dài một giờ, có sáu bài tập ngắn. Hỏi nhanh: “Ai đã từng đọc báo cáo PAPI của tỉnh?” Không cần ai trả
# lời đúng, chỉ để biết lớp đang ở đâu. Phát tờ bài học trước khi bắt đầu.

# %% [markdown] tags=["slide"]
# ## PAPI là gì · What PAPI is
# - **Hỏi người dân** đã trải nghiệm và nghĩ gì về chính quyền
# - Chấm điểm **cấp tỉnh**, mỗi năm một lần
# - Từ năm 2011: đủ 63 tỉnh, thành phố
# - UNDP, CECODES, VFF-CRT và Real-Time Analytics thực hiện

# %% [markdown]
# PAPI là Chỉ số hiệu quả quản trị và hành chính công cấp tỉnh. Người dân được phỏng vấn **trực tiếp**, theo bảng hỏi, về những việc họ
# đã trải qua: đi làm giấy tờ, khám bệnh, bầu trưởng ấp, xem bảng công khai ở xã. Sau đó câu trả lời được tính thành điểm của tỉnh.
#
# PAPI do UNDP tại Việt Nam, CECODES, VFF-CRT (thuộc Mặt trận Tổ quốc Việt Nam) và Real-Time Analytics thực hiện. Khảo sát thử ở 3 tỉnh
# năm 2009, 30 tỉnh năm 2010; từ năm 2011 làm ở cả 63 tỉnh, thành phố, năm nào cũng làm.
#
# Có ba chỉ số hay bị lẫn với PAPI. **PARINDEX** do Bộ Nội vụ xác định, phần lớn là tự chấm điểm (bài 4). **SIPAS** cũng của Bộ Nội vụ, đo
# sự hài lòng với dịch vụ hành chính. **PCI** hỏi doanh nghiệp, không hỏi người dân.

# %% [markdown] tags=["notes"]
# **5 phút.** Nhấn mạnh hai chữ: *người dân* và *cấp tỉnh*. Điều lớp hay nhầm: nghĩ rằng PAPI do sở, ngành tự chấm. Hãy hỏi: “Nếu bộ phận
# một cửa của xã làm tốt mà người dân không biết, PAPI có tăng không?” Câu trả lời: chưa chắc, vì PAPI đo điều người dân thấy.

# %% [markdown] tags=["slide", "wide", "tiny"]
# ## Tám lĩnh vực nội dung · Eight dimensions

# %% tags=["show", "published", "asked"]
dimension_table(page, 2021)

# %% [markdown]
# Mỗi lĩnh vực nội dung gồm ba hoặc bốn **nội dung thành phần**. Bảng trên là cấu trúc của năm 2021. Trước năm 2018 chỉ có sáu lĩnh vực: quản
# trị môi trường và quản trị điện tử được thêm từ năm 2018. Tên và cách đo có thay đổi qua các năm (bài 3).

# %% [markdown] tags=["notes"]
# **6 phút.** Đừng đọc cả bảng. Cho lớp một phút để mỗi người tìm **một** nội dung thành phần gắn với công việc của mình, rồi gọi ba người.
# Nếu có người nói “dịch vụ công trực tuyến thuộc Cung ứng dịch vụ công”, đây là lúc chữa: thuộc Quản trị điện tử (bài 5 nói kỹ).

# %% [markdown] tags=["slide"]
# ## Từ câu trả lời đến điểm · From answers to a score
# 1. **Câu hỏi**, ví dụ: xã có công khai danh sách hộ nghèo không?
# 2. **Chỉ tiêu**: tỷ lệ người trả lời “có”
# 3. **Nội dung thành phần**: các chỉ tiêu cùng chủ đề, đưa về một thang
# 4. **Lĩnh vực**: *cộng* các nội dung thành phần, thang 1–10
# 5. **Tổng điểm**: *cộng* tám lĩnh vực, thang 8–80
#
# Điểm cao luôn là tốt.

# %% [markdown]
# Một số chỉ tiêu càng cao càng xấu, ví dụ tỷ lệ người phải đưa tiền ngoài quy định. Những chỉ tiêu đó được đảo chiều khi tính, nên ở mức nội
# dung thành phần và lĩnh vực thì điểm cao luôn là tốt. Điểm lĩnh vực là **tổng**, không phải trung bình, của các nội dung thành phần.
#
# Người trả lời “không biết” hoặc không trả lời được tách riêng, không bị coi là 0 điểm, trừ khi câu hỏi quy định khác.

# %% [markdown] tags=["notes"]
# **5 phút.** Vẽ lên bảng một cái thang năm bậc. Điểm cần nhớ: hai lần *cộng*. Nếu lớp hỏi “vì sao không lấy trung bình?”: vì mỗi nội dung
# thành phần đã có điểm tối đa riêng, cộng lại vừa đúng 10.

# %% [markdown] tags=["slide"]
# ## Việc của ta nằm ở đâu · Where our work lands
# - Niêm yết hộ nghèo, thu chi ngân sách → **Công khai, minh bạch**
# - Chứng thực, giấy đất, thủ tục ở xã → **Thủ tục hành chính công**
# - Cổng thông tin, hồ sơ trực tuyến → **Quản trị điện tử**
# - Trạm y tế, trường tiểu học, đường sá, an ninh → **Cung ứng dịch vụ công**
# - Tiếp công dân, trả lời khiếu nại → **Trách nhiệm giải trình**

# %% [markdown]
# Khi nhận một kết quả PAPI, việc đầu tiên là hỏi: *người dân được hỏi điều gì?* Tên lĩnh vực có thể gợi một nghĩa khác với nội dung được
# hỏi. “Cung ứng dịch vụ công” của PAPI không phải là dịch vụ công trực tuyến, mà là y tế công lập, giáo dục tiểu học, hạ tầng căn bản và an
# ninh, trật tự.

# %% [markdown] tags=["notes"]
# **4 phút.** Hỏi từng dãy bàn: việc của đơn vị mình chạm tới lĩnh vực nào? Ghi lên bảng. Lĩnh vực nào không ai nhận thì nói: vẫn có người dân
# được hỏi về nó.

# %% [markdown] tags=["slide"]
# ## Vì sao bốc thăm · Why lots are drawn
# - Không thể hỏi tất cả người dân
# - Nếu tự chọn người để hỏi thì kết quả bị **lệch**
# - Bốc thăm: ai cũng có cơ hội được chọn, và cơ hội đó **biết trước**
# - Nhờ vậy tính được kết quả **chắc chắn đến đâu** (bài 2)

# %% [markdown]
# Nếm một muỗng canh đã khuấy đều thì biết cả nồi mặn hay nhạt; muỗng nếm không cần to theo nồi. Khuấy đều chính là bốc thăm. Hỏi người đến bộ
# phận một cửa thì chỉ biết ý kiến người đã đến; hỏi người tự nguyện trả lời trên mạng thì chỉ biết ý kiến người hay lên mạng.

# %% [markdown] tags=["notes"]
# **4 phút.** Dùng hình ảnh nồi canh. Câu hỏi hay gặp: “Chừng ấy người sao nói thay cả tỉnh?” Trả lời: nói được về cả tỉnh với một khoảng sai
# số, và bài 2 cho thấy khoảng đó rộng bao nhiêu. Không nói được về từng huyện.

# %% [markdown] tags=["slide", "wide"]
# ## Bốn bước chọn mẫu ở Kiên Giang · Four steps of the draw

# %% tags=["show", "ours"]
draw_sample()

# %% [markdown]
# Kiên Giang thuộc nhóm tỉnh dưới 2 triệu dân. Ở mỗi bước có một nơi **chắc chắn** được chọn (ô đậm) và nơi còn lại nhờ **bốc thăm theo quy
# mô** (ô nét đứt): nơi đông dân có nhiều cơ hội hơn.
#
# - Huyện: tỉnh lỵ chắc chắn có (thành phố Rạch Giá); các huyện khác bốc thăm.
# - Xã: nơi đặt trung tâm huyện chắc chắn có; xã còn lại bốc thăm.
# - Thôn, ấp: nơi đặt trung tâm xã chắc chắn có; nơi còn lại bốc thăm.
# - Người: lập danh sách rồi chọn ngẫu nhiên, có người thay thế khi vắng. Phỏng vấn người từ 18 tuổi trở lên; tài liệu cũ của PAPI ghi từ 18
#   đến 70 tuổi.

# %% [markdown] tags=["notes"]
# **6 phút.** Đi từ trên xuống. Hỏi lớp nhân: số huyện, nhân số xã, nhân số ấp, nhân số người. Đừng đọc kết quả trước, để dành cho bài tập 1.3. Nói
# rõ: PAPI không công bố tên hai huyện được bốc thăm của Kiên Giang, nên không ai trong lớp biết huyện mình có mẫu hay không.

# %% [markdown] tags=["slide", "wide"]
# ## Ba cỡ tỉnh · Three sizes of province

# %% tags=["show", "ours", "asked"]
sampling_table()

# %% [markdown] tags=["notes"]
# **3 phút.** Chỉ hai dòng: tỉnh dưới 2 triệu dân (ta) và tỉnh trên 5 triệu dân. Ý chính: tỉnh đông gấp nhiều lần nhưng mẫu chỉ gấp ba. Độ chắc
# chắn phụ thuộc vào số người được hỏi, không phụ thuộc vào dân số.

# %% [markdown] tags=["slide"]
# ## Trung tâm được chọn nhiều hơn · Centres are over-represented
# - Tỉnh lỵ, xã trung tâm, ấp trung tâm: **luôn có**
# - Vùng xa: nhờ bốc thăm
# - Vì vậy phải dùng **trọng số**: mỗi người trả lời đại diện cho một số dân khác nhau
# - Không có trọng số, kết quả nghiêng về thành thị

# %% [markdown]
# Một người ở ấp trung tâm của tỉnh lỵ có cơ hội được chọn cao hơn nhiều so với một người ở ấp xa. Khi tính, người ở ấp xa được nhân với trọng
# số lớn hơn để bù lại. Bài 2 có một ví dụ tính bằng tay; bài 7 dành cho người phân tích.

# %% [markdown] tags=["notes"]
# **4 phút.** Hỏi: “Đi làm giấy tờ ở phường trung tâm và ở xã đảo có giống nhau không?” Nếu không giống, mẫu nghiêng về trung tâm sẽ cho điểm
# lệch. Trọng số sửa phần lệch đó.

# %% [markdown] tags=["slide"]
# ## Phần lớn các huyện không có mẫu · Most districts have no sample
# - Mẫu **mô phỏng** theo đúng cách chọn của PAPI
# - Ô viền liền: có người được phỏng vấn
# - Ô viền đứt: không có ai
# - Vì vậy **không có điểm PAPI của huyện**

# %% tags=["show", "simulated", "asked"]
overview.sample_map(page)

# %% [markdown]
# Bản đồ ô vuông trên vẽ mẫu *mô phỏng*: các huyện có mẫu ở đây do máy bốc thăm để làm ví dụ, không phải mẫu thật của PAPI. Dù bốc trúng huyện
# nào, phần lớn huyện cũng không có mẫu, và huyện có mẫu chỉ có vài chục người. Vì vậy PAPI không công bố điểm cấp huyện, và bộ công cụ này
# không xếp hạng các huyện. (Từ ngày 01/7/2025 không còn cấp huyện; mã huyện trong tài liệu là địa giới năm 2021.)

# %% [markdown] tags=["notes"]
# **5 phút.** Đây là ý quan trọng nhất đối với lãnh đạo huyện. Nếu ai hỏi “huyện tôi được mấy điểm?”: không có điểm đó, và ai đưa ra con số ấy
# là suy diễn. Điều huyện có: số liệu hành chính của mình, và kết quả chung của tỉnh.

# %% [markdown] tags=["slide"]
# ## Nhớ ba điều · Three things to remember
# 1. PAPI hỏi **người dân**, chấm điểm **tỉnh**, theo **tám lĩnh vực**
# 2. Mẫu do **bốc thăm nhiều bước**; trung tâm luôn có, vùng xa nhờ trọng số
# 3. **Không có** điểm PAPI của huyện, của xã

# %% [markdown]
# **Nguồn.** papi.org.vn (hỏi đáp, giới thiệu); bảng số liệu cấp tỉnh của PAPI (papi.org.vn/papi-data); danh sách đơn vị hành chính của Tổng
# cục Thống kê ngày 01/02/2021. Tên hai huyện được bốc thăm của Kiên Giang không được công bố.

# %% [markdown] tags=["notes"]
# **2 phút.** Cho lớp nhắc lại ba ý bằng lời của mình, rồi chuyển sang bài tập.

# %% [markdown] tags=["exercise", "O1.1"]
# ### Bài tập 1.1 · Exercise 1.1: Ai được hỏi?
# Trong cuộc họp, bốn người giải thích PAPI. Ai nói đúng? Ghi một chữ.
#
# - A. “PAPI do các sở tự chấm rồi Bộ Nội vụ thẩm định.”
# - B. “PAPI hỏi doanh nghiệp về thủ tục đầu tư.”
# - C. “PAPI phỏng vấn trực tiếp người dân được bốc thăm từ danh sách của thôn, ấp.”
# - D. “PAPI hỏi người dân vừa làm xong thủ tục tại bộ phận một cửa.”

# %% tags=["solution"]
answer = "C"
check("1.1", answer)

# %% [markdown] tags=["solution"]
# A là PARINDEX, B là PCI, D mô tả một khảo sát hài lòng tại bộ phận một cửa.

# %% [markdown] tags=["notes"]
# **2 phút.** Biểu quyết bằng tay cho từng phương án, rồi nói vì sao ba phương án kia là của chỉ số khác.

# %% [markdown] tags=["exercise", "O1.2"]
# ### Bài tập 1.2 · Exercise 1.2: Xếp đúng chỗ
# Ghép mỗi nội dung với lĩnh vực của nó trong năm 2021 (D1 đến D8). Trong sổ tay, thay các dấu “?”.
#
# - Công khai danh sách hộ nghèo
# - Chứng thực, xác nhận
# - An ninh, trật tự khu dân cư
# - Phúc đáp của chính quyền qua cổng thông tin điện tử
# - Chất lượng bầu cử

# %% tags=["solution"]
answer = {
    "Công khai danh sách hộ nghèo": "D2",
    "Chứng thực, xác nhận": "D5",
    "An ninh, trật tự khu dân cư": "D6",
    "Phúc đáp của chính quyền qua cổng thông tin điện tử": "D8",
    "Chất lượng bầu cử": "D1",
}
check("1.2", answer)

# %% [markdown] tags=["solution"]
# An ninh, trật tự thuộc “Cung ứng dịch vụ công” (D6): tên lĩnh vực dễ làm ta nghĩ tới dịch vụ công trực tuyến.

# %% [markdown] tags=["notes"]
# **3 phút.** Làm theo cặp. Câu hay sai nhất là an ninh, trật tự (D6) và phúc đáp điện tử (D8).

# %% [markdown] tags=["exercise", "O1.3"]
# ### Bài tập 1.3 · Exercise 1.3: Bao nhiêu người?
# Theo thiết kế mẫu đã công bố, ở một tỉnh như Kiên Giang PAPI phỏng vấn bao nhiêu người? Dùng bảng “Ba cỡ tỉnh”.

# %% tags=["solution"]
row = sampling_table().rows[0]
answer = row[-1]
check("1.3", answer)

# %% [markdown] tags=["solution"]
# Nhân số huyện, số xã mỗi huyện, số ấp mỗi xã và số người mỗi ấp của dòng đầu trong bảng.

# %% [markdown] tags=["notes"]
# **3 phút.** Cho lớp nhân bằng tay. Người quên một bước sẽ ra một nửa; máy sẽ gợi ý đúng chỗ quên.

# %% [markdown] tags=["exercise", "O1.3"]
# ### Bài tập 1.4 · Exercise 1.4: Bao nhiêu huyện không có mẫu?
# Kiên Giang (năm 2021) có bao nhiêu đơn vị cấp huyện **không** có người nào được phỏng vấn? Đếm trên bản đồ ô vuông.

# %% tags=["solution"]
answer = len([tile for tile in overview.sample_map(page).tiles if tile.kind == "unsampled"])
check("1.4", answer)

# %% [markdown] tags=["solution"]
# Đếm các ô viền đứt: tổng số đơn vị cấp huyện trừ số huyện được chọn.

# %% [markdown] tags=["notes"]
# **2 phút.** Câu này đếm được ngay trên bản đồ. Chốt lại: đó là số huyện không thể có điểm PAPI, dù mẫu thật rơi vào đâu.

# %% [markdown] tags=["exercise", "O1.2"]
# ### Bài tập 1.5 · Exercise 1.5: Bao nhiêu nội dung thành phần?
# Năm 2021, tám lĩnh vực của PAPI có tất cả bao nhiêu nội dung thành phần? Cộng cột “Số nội dung” ở bảng tám lĩnh vực.

# %% tags=["solution"]
answer = sum(int(row[2]) for row in dimension_table(page, 2021).rows)
check("1.5", answer)

# %% [markdown] tags=["solution"]
# Con số này thay đổi qua các năm vì cấu trúc của PAPI thay đổi; đừng chép từ báo cáo cũ.

# %% [markdown] tags=["notes"]
# **2 phút.** Nếu có người đưa số của năm khác, hãy khen và hỏi: “Vì sao lại khác?” Đó là cầu nối sang bài 3.

# %% [markdown] tags=["exercise", "O1.3"]
# ### Bài tập 1.6 · Exercise 1.6: Nơi nào chắc chắn có mẫu?
# Theo thiết kế đã công bố, nơi nào của Kiên Giang **chắc chắn** có người được phỏng vấn? Ghi một chữ.
#
# - A. Thành phố Phú Quốc, vì đông khách du lịch
# - B. Thành phố Rạch Giá, vì là tỉnh lỵ
# - C. Huyện Kiên Hải, vì là huyện đảo
# - D. Không nơi nào, vì tất cả đều bốc thăm

# %% tags=["solution"]
answer = "B"
check("1.6", answer)

# %% [markdown] tags=["solution"]
# Chỉ tỉnh lỵ là chắc chắn. Các huyện khác, kể cả huyện đông dân nhất, phải bốc thăm.

# %% [markdown] tags=["notes"]
# **2 phút.** Nhắc lại hình cây: ô đậm ở hàng huyện chỉ có một.
