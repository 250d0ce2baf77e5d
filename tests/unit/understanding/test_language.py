"""The language of a message is told from local tables, also when short, mixed or without accents."""

import pytest

from bot.understanding.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("what are your hours", "en"),
        ("r u open saturday", "en"),
        ("¿Aceptan mi seguro?", "es"),
        ("cuanto cuesta una consulta", "es"),
        ("hola", "es"),
        ("quiero una cita para manana", "es"),
        ("me duele la cabeza desde ayer", "es"),
        ("hi necesito una cita for my son porfa", "es"),
        ("hola i need to move my appointment", "en"),
        ("我想预约", "zh"),
        ("予約をしたいです", "ja"),
        ("예약하고 싶어요", "ko"),
        ("мне нужна запись к врачу", "ru"),
        ("мені потрібен лікар", "uk"),
        ("أحتاج إلى موعد", "ar"),
        ("tôi muốn đặt lịch hẹn", "vi"),
        ("eu preciso marcar uma consulta amanha", "pt"),
        ("je voudrais un rendez-vous pour demain", "fr"),
        ("mwen bezwen yon randevou", "ht"),
        ("kailangan ko po ng doktor bukas", "tl"),
        ("मुझे अपॉइंटमेंट चाहिए", "hi"),
    ],
)
def test_language_is_told(text: str, language: str) -> None:
    """A plain message is recognised whatever the conversation's language was."""
    assert language == detect(text, default="en")
    assert language == detect(text, default="es")


@pytest.mark.parametrize("text", ["", "ok", "3", "10:30", "555-0100", "👍", "Zoe Sample", "no", "doctor"])
@pytest.mark.parametrize("default", ["en", "es", "vi"])
def test_words_of_no_language_keep_the_default(text: str, default: str) -> None:
    """Names, numbers and words of both languages do not change the conversation's language."""
    assert default == detect(text, default=default)


def test_one_foreign_name_does_not_change_the_language() -> None:
    """A name in another script inside an English message leaves it English."""
    assert "en" == detect("my name is Sample Person (王) and i need an appointment", default="en")
