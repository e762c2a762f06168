"""Letters for guessing a text's encoding: alphabets, and the most frequent characters.

For each language its lower-case letters beyond ASCII; for Chinese, Japanese and Korean the
characters that are most frequent in names and plans.
"""

from __future__ import annotations

CHINESE = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕"
    "丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严"
    "武戴莫孔向汤小明华伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀英霞平刚桂文辉玲建国红梅思雨子涵宇轩欣怡"
    "梓晨浩然一诺佳志俊美的是不人在有了名称周花费通过率目里程碑计划现金年月日品店开口味好验证客户第二"
)
TRADITIONAL = frozenset(
    "王李張劉陳楊黃趙吳周徐孫馬朱胡郭何高林鄭謝羅梁宋唐許韓馮鄧曹彭曾蕭田董袁潘于蔣蔡余杜葉程蘇魏呂"
    "丁任沈姚盧姜崔鍾譚陸汪范金石廖賈夏韋方白鄒孟熊秦邱江尹薛段雷侯龍史陶黎賀顧毛郝邵萬錢嚴武戴莫"
    "孔向湯小明華偉芳娜敏靜麗強磊軍洋勇豔傑娟濤超秀英霞平剛桂文輝玲建國紅梅思雨子涵宇軒欣怡美俊志"
    "的是不人在有了名稱週花費通過率目標里程碑計劃現金年月日品店開口味好驗證客戶第二家怡君雅婷宗翰冠"
)
HANGUL = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배조백허유남심노하곽성차주우구민나진지엄채원천"
    "방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국은수영준경미호철희승동재상용태아"
    "가다라사자을를의에는이름계획비용율단계주목표순옥숙자란린별빈솔훈혁헌환규근걸"
)
KANJI = frozenset(
    "佐藤鈴木高橋田中伊渡辺山本村小林加吉井口松斎清水崎森池石前岡野長島後坂谷川上近遠青福西太三原"
    "金和竹内浦丸今河部大原千葉岩久保菊平宮増丘柴菅横新古市杉飯安花子美一郎二雄男夫介香奈恵由真理"
    "健翔陽菜葵蓮悠結愛優名前計画費用週合格率目標店開業月日年会社商品販売"
)

WESTERN = (
    "äöüß", "àâçéèêëîïôûùüœæ", "áéíñóúü¿¡ºª", "åäöéü", "æøåé", "ãõáâàçéêíóôúº", "àèéìíòóù",
    "éëïóöü",
)  # fmt: skip
CENTRAL = (
    "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áéíóöőúüű", "äáčďéíĺľňóôŕšťúýž", "ăâîşţșț", "čćđšž", "äöüß",
)  # fmt: skip
CYRILLIC = (
    "абвгдежзийклмнопрстуфхцчшщъыьэюяё№", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "ђјљњћџабвгдежзиклмнопрстуфхцчш",
)  # fmt: skip
GREEK = ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",)

RARE = frozenset("ъыэюёщцфжйьξψζβΰΐϋϊ")
"""Cyrillic and Greek letters that are rare, but frequent if one is mistaken for the other."""
FOLLOWED_BY = {"ã": "oe", "õ": "e", "ì": "", "ç": "aouêãâáéûıeiüö"}
"""Letters that follow these Western ones; after ă, ő, ě or Á others would follow."""
