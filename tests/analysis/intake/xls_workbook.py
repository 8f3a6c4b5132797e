"""A real .xls workbook (BIFF8) as bytes, for tests: no library that the project uses writes one.

Made once with xlwt 1.3.0 (BSD), packed with zlib. Sheet "Lớp 1 " (a blank at the end): a title merged over
A1:E1; headings in row 3 (Mã, Đơn vị, Điểm, Ngày sinh, Đạt); rows 4–5 share "Sở Nội vụ" merged in B4:B5, with
scores 7.5 and 8, 5 March 1980 and 25 December 1981, TRUE and FALSE; row 6 has #N/A in C6. Sheet "ẩn", hidden.
"""

import base64
import zlib

_PACKED = (
    "eNrtWE1IVFEU/u77mR+dGWdMAw0eg5CVCWq2aKOTZtlCB0uiiKC0kRrMUSYJbJNlsyyCICjaCLZwY7XpByuSNkWBkYvIiMbENq2C"
    "ghbqdO6Z90xtgiZKMN553PPuOfec755377k/My/HA8nB28VTWEa1UDGfcsOxSCeouC3BD2pPpWTVeruopGxaVeR20UQ6dIx6Xzjl"
    "HMr5noKCW9oYceADlUPoQbg71hFcQarnGNqEjKFGaJR7Cq5T8aGI48pnfpT5GuY32fYB8+2sucC8hmyT4iDGQ+GybWYeH1BKuM1H"
    "XOAu+0yypgqFeCrz+MwlkbbVURePtp1YZQ2G5sEQaEobO2IdcSnn4QZygEikoquroo8oiQKa7iF8TQWBL9a6fhy09SurFyD9t6V6"
    "5y/0LprE5frLigb0I3VEyGROkNVFjZeyaMJbo4esq6gk4EGDU2aIIoaNGGZpeXjJykPFC9GAOoSxmwxbMYYdXGvCpNEiV0XztAPC"
    "LwZFjLSn8NzQpBjFE6NLHgjhY8m+4Mlo7LjKVkYvnR2orKxivsUN0Yr3RpDg3xhRBpgxuKmawtxXH25gYWuOPF14N/Iv2Y28vEY9"
    "xCPI43qAV6qfBmN2+POr5vaW0GHW9PMJlD6n1stBQQpnpQc5+2DhgZYIUMYem5mfY9R1XC9mXkA29C5tKTQruwbY5jy3llI/1UwT"
    "oQ2L6hupnvi0556RmA5tovpI49TpgpHXoUGU0DBFyF8+AygX5eLaVUn3Q9ZbmDvaO+ZFP+1uLsVvxp4yD+M8zMn1TBRg/gg+/vaA"
    "+Wjso2TwUdhHjlJaskY0LSkkqQuSykiWpJGkm9GoGZBVRnaY9iojyzl5SF+nMvJorty7rzwTJOuKi7jGsUhELQOixohO/j4XNEYU"
    "jKcxXgmfBR8nLDyN8dIRykjVZXg647nNCHXGk6MofXVGLBMzPBcq9ybMZaahVsnHHTlMdLr8oJXIWmWhfbVmrciYtcK0EBksBFvk"
    "ypuoHHdkGnebbLLJJptssunPSJj3C5XvOOm7sby/OM3/deaozNt/k/y3tBfd9PTSz7KdiNE7jr6s8mctdGFhid/0sf4vlLSfeo+j"
    "E+0cR2fW+Uv3T7H4e37b0f/3llC2/c9nE+c/7v87V8UmTA=="
)


def xls_workbook() -> bytes:
    return zlib.decompress(base64.b64decode(_PACKED))
