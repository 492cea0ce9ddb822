"""Build the tokenizer: a Unigram model whose words and probabilities are counted, not learned by EM."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

import rjieba
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

UNKNOWN = "[UNK]"
_WORD = re.compile(r"[\u4e00-\u9fff]{1,5}|[a-z]{1,12}|(?:19|20)\d\d")
_SINGLES = "abcdefghijklmnopqrstuvwxyz0123456789%‰℃"
_DROPPED = r"[^\p{Han}a-z0-9%‰℃]+"


def fold(text: str) -> str:
    """Fold full-width forms and capitals away, as the tokenizer's normaliser does."""
    return unicodedata.normalize("NFKC", text).lower()


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Segment texts into words (rjieba) and count those that may become tokens."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(rjieba.cut(fold(text)))
    return Counter({word: count for word, count in counts.items() if _WORD.fullmatch(word)})


def gb2312_characters() -> list[str]:
    """List the 6,763 Han characters of GB 2312, so that each has a token even if the training text lacks it."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    characters = (code.decode("gb2312", errors="ignore") for code in codes)
    return [character for character in characters if character]


def build_tokenizer(counts: Counter[str], size: int) -> Tokenizer:
    """Build a Unigram tokenizer (Kudo 2018, https://arxiv.org/abs/1804.10959) from word counts.

    Chinese has no spaces, so the most probable path through counted words is the segmentation. Every character that
    occurs in a counted word is a token as well; punctuation and white space are dropped.

    Args:
        counts: How often each word occurs.
        size: Number of tokens, the unknown token included; single characters come first, then frequent words.

    Returns:
        A tokenizer with NFKC and lower-case normalisation; id 0 is the unknown token.
    """
    singles = Counter(dict.fromkeys([*_SINGLES, *gb2312_characters(), *"".join(counts)], 1))
    # A character that mostly occurs inside words is rare as a word: it counts only where it stood alone.
    singles.update({word: count for word, count in counts.items() if len(word) == 1})
    words = [(word, count) for word, count in counts.most_common() if len(word) > 1]
    kept = [*singles.most_common(), *words[: max(0, size - 1 - len(singles))]]
    total = math.log(sum(count for _, count in kept))
    pieces = [(UNKNOWN, 0.0), *((piece, math.log(count) - total) for piece, count in kept)]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=0))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(_DROPPED), behavior="removed")
    return tokenizer
