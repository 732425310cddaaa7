import pytest

from archiver.extraction.datelines import split_dateline

TEXT = "Warga desa memanen padi lebih awal daripada tahun lalu, kata kepala dinas."

DATELINES = [
    "TEMPO.CO, Jakarta - ",
    "TEMPO.CO, Jakarta-",
    "JAKARTA - ",
    "JAKARTA – ",
    "TANJUNG SELOR - ",
    "Kanal247.com - ",
    "POSBELITUNG.CO, BELITUNG - ",
    "TRIBUN-TIMUR.COM, MAKASSAR - ",
    "TRIBUNJAMBI.COM - ",
    "SURYA.co.id | SURABAYA – ",
    "Liputan6.com, Jakarta - ",
    "Liputan6.com, Los Angeles - ",
    "Liputan6.com, Jakarta ",
    "REPUBLIKA.CO.ID, JAKARTA -- ",
    "VIVA.co.id - ",
    "VIVA – ",
    "Jakarta (ANTARA News) - ",
    "Mataram, NTB (ANTARA News) - ",
    "Jakarta, CNN Indonesia -- ",
    "JAKARTA, KOMPAS.com — ",
    "KOMPAS.com - ",
    "Jakarta - ",
    "Kuala Lumpur - ",
    "KONTAN.CO.ID - JAKARTA. ",
    "KBRN, Jakarta: ",
    "JAKARTA, iNews.id - ",
    "jpnn.com, JAKARTA - ",
    "BANDUNG, (PRLM).- ",
    "Kupang (SL) – ",
]

SENTENCES = [
    "Liputan6.com, menemui warga di posko itu.",
    "Detikcom, yang menghubungi kantor itu, belum mendapat jawaban.",
    "Kompas.com mencatat ada tiga posko - dua di kota.",
    "Warga memanen - lebih awal - padi mereka.",
    "Ia tiba - tanpa pengawal - pukul dua.",
    "Jakarta-Bandung kini ditempuh satu jam.",
    "Namun - Kata warga - jalan itu rusak.",
    "Menteri Kesehatan: Vaksin tiba besok.",
    "Film Laskar - Bagian Dua tayang besok.",
    "Kota A - Kota B imbang.",
    "",
]


@pytest.mark.parametrize("dateline", DATELINES)
def test_a_dateline_is_split_off_with_its_dash(dateline: str) -> None:
    assert split_dateline(dateline + TEXT) == (dateline, TEXT)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_has_none(sentence: str) -> None:
    assert split_dateline(sentence) == (None, sentence)


def test_the_outlets_own_names_count() -> None:
    line = "Kabar Desa - " + TEXT[:50]
    assert split_dateline(line) == (None, line)
    assert split_dateline(line, ["Kabar Desa"]) == ("Kabar Desa - ", TEXT[:50])
