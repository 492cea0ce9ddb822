"""A small transformer encoder made on the spot, with prompts: stands in for the bigger models people may plug in."""

from __future__ import annotations

from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

_CHARACTERS = [chr(code) for code in range(0x4E00, 0x6E00)] + list("0123456789%.,。，、")


def tiny_transformer(folder: Path, layers: int = 1) -> Path:
    """Write a randomly initialised, seeded BERT with mean pooling and query and passage prompts; returns its folder."""
    vocabulary = {token: i for i, token in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *_CHARACTERS])}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Split("", "isolated")
    special = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, mask_token="[MASK]", **special).save_pretrained(folder / "bert")
    torch.manual_seed(0)
    size = {"hidden_size": 128, "intermediate_size": 512, "num_attention_heads": 4, "num_hidden_layers": layers}
    BertModel(BertConfig(vocab_size=len(vocabulary), **size)).save_pretrained(folder / "bert")
    body = Transformer(str(folder / "bert"), max_seq_length=256)
    model = SentenceTransformer(
        modules=[body, Pooling(body.get_embedding_dimension(), pooling_mode="mean")],
        prompts={"query": "问：", "document": "文："},
        device="cpu",
    )
    model.save(str(folder / "tiny"))
    return folder / "tiny"
