"""What a pack promises, in lines for people."""

import pytest

from complaints.packs import Pack, catalogue
from complaints.packs_told import told


def pack(name: str) -> Pack:
    return catalogue()[name][-1]


@pytest.mark.parametrize(
    ("name", "turkish", "english"),
    [
        ("ISO-BASE", "Alındı bildirimi: 1 iş günü", "Acknowledgement: 1 working day"),
        ("ISO-BASE", "Bilgilendirme aralığı: 10 iş günü", "Longest time between news: 10 working days"),
        ("ISO-BASE", "Ek süre: en çok 1 kez, 10 iş günü", "Extension: at most once, 10 working days"),
        ("ISO-BASE", "Üst inceleme: 20 iş günü", "Second-stage review: 20 working days"),
        ("ISO-BASE", "Saklama süresi: 3 yıl", "Kept for: 3 years"),
        ("TR-BANKA", "Yanıt: 30 gün", "Answer: 30 calendar days"),
        (
            "UK-HOUSING",
            "Yanıt: alındı bildiriminden sonra 10 iş günü",
            "Answer: 10 working days after the acknowledgement",
        ),
        ("US-CFPB", "Ek süre: en çok 1 kez, toplam 60 gün", "Extension: at most once, 60 calendar days in all"),
        ("EU-MICA", "Ek süre: sınırı belirtilmemiş", "Extension: no limit is set"),
        (
            "UK-DP",
            "Alındı bildirimi: 30 gün, tatile rastlarsa izleyen iş günü",
            "Acknowledgement: 30 calendar days, or the next working day if that is a holiday",
        ),
        (
            "TR-GARANTI",
            "Ürünün onarılması: 20 iş günü (cumartesi dahil)",
            "Repair of the product: 20 working days, Saturdays too",
        ),
        (
            "TR-KVKK",
            "Kişisel Verileri Koruma Kurulu: yanıttan sonra 30 gün ya da şikâyetten sonra 60 gün; erken olanı",
            (
                "Kişisel Verileri Koruma Kurulu (Data Protection Board): "
                "30 calendar days after the answer or 60 calendar days after the complaint; whichever is earlier"
            ),
        ),
        (
            "TR-TELEKOM",
            "Tüketici Hakem Heyeti, yılın parasal sınırının altında",
            "Tüketici Hakem Heyeti (Consumer Arbitration Committee), below the limit of the year",
        ),
    ],
)
def test_a_limit_is_a_line_in_both_languages(name: str, turkish: str, english: str) -> None:
    lines = told(pack(name))
    assert turkish in lines["tr"]
    assert english in lines["en"]


def test_what_stops_the_clock_is_said() -> None:
    own = pack("ISO-BASE").model_copy(update={"pause": ("before_court",)})
    assert "Süre durur: konu mahkemedeyken" in told(own)["tr"]


def test_what_a_pack_does_not_set_has_no_line() -> None:
    assert told(pack("EU-CONSUMER")) == {"tr": [], "en": []}


@pytest.mark.parametrize("name", catalogue())
def test_both_languages_have_the_same_lines(name: str) -> None:
    lines = told(pack(name))
    assert len(lines["tr"]) == len(lines["en"])
