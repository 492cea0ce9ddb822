"""A tiny training run: the loss falls, the folder loads, the same seed gives the same vectors."""

import itertools

import numpy as np
import pytest
import torch
from scipy import sparse
from sentence_transformers import SentenceTransformer

from index.train.encoder import GAP, Recipe, token_stream, train_encoder
from index.train.fit import FitSettings, RowAdam, contrastive_loss, embed, fit, to_bags
from index.train.model_folder import quantized, save_model
from index.train.pairs import batch_of
from index.train.start_vectors import cooccurrence, first_vectors, main_directions, positive_pmi
from index.train.vocabulary import build_tokenizer, count_words

DIMS = (16, 8)
SMALL = FitSettings(steps=20, dims=DIMS, token_dropout=0.0, learning_rate=0.02)
SHORT = FitSettings(steps=4, dims=DIMS)
RECIPE = Recipe(tokens=7000, dim=16, cloze_texts=3, cloze=SHORT, asking=SHORT)


@pytest.fixture(scope="module")
def tokenizer():
    return build_tokenizer(count_words(["行政诉讼案件", "民告官", "粮食产量", "打了多少粮食"]), 7000)


def test_training_lowers_the_loss(tokenizer):
    weight = 0.1 * torch.randn(tokenizer.get_vocab_size(), 16, generator=torch.Generator().manual_seed(0))
    batch = batch_of([("民告官", "行政诉讼案件"), ("打了多少", "粮食产量")])
    losses = fit(weight, tokenizer, itertools.repeat(batch), SMALL)
    assert len(losses) == 20
    assert losses[-1] < 0.5 * losses[0]


def test_the_recipe_writes_a_loadable_folder_and_repeats_itself(training, tmp_path):
    vectors = []
    for name in ("one", "two"):
        train_encoder(training, tmp_path / name, RECIPE)
        model = SentenceTransformer(str(tmp_path / name), device="cpu")
        vectors.append(model.encode(["打了多少粮食", "行政诉讼"], normalize_embeddings=True))
    assert vectors[0].shape == (2, 16)
    np.testing.assert_array_equal(vectors[0], vectors[1])


def test_saving_again_replaces_the_weights_and_keeps_the_card(tokenizer, tmp_path):
    folder = tmp_path / "encoder"
    shape = (tokenizer.get_vocab_size(), 16)
    save_model(torch.zeros(shape), tokenizer, folder)
    (folder / "README.md").write_text("card", encoding="utf-8")
    weight = torch.randn(shape, generator=torch.Generator().manual_seed(1))
    save_model(weight, tokenizer, folder)
    assert (folder / "README.md").read_text("utf-8") == "card"
    assert [path.name for path in tmp_path.iterdir()] == ["encoder"]
    expected = embed(weight, *to_bags(tokenizer, ["行政诉讼"], 0.0, np.random.default_rng(0)))
    found = SentenceTransformer(str(folder), device="cpu").encode(["行政诉讼"], convert_to_tensor=True)
    assert torch.cosine_similarity(expected, found).item() > 0.9999


def test_rows_are_rounded_to_half_a_step():
    weight = torch.randn(50, 16, generator=torch.Generator().manual_seed(0)) * torch.logspace(-6, 2, 50)[:, None]
    rows, steps = quantized(weight)
    assert rows.dtype == torch.int8
    assert ((rows * steps[:, None] - weight).abs() <= 0.5001 * steps[:, None]).all()


def test_dropout_never_empties_a_text(tokenizer):
    texts = ["民告官", "", "粮食产量打了多少", "，"]
    ids, offsets = to_bags(tokenizer, texts, 0.99, np.random.default_rng(0))
    assert len(offsets) == 4
    assert (torch.diff(torch.cat([offsets, torch.tensor([len(ids)])])) >= 1).all()


def test_dropout_drops_its_share_and_none_at_zero(tokenizer):
    texts = ["民告官打了多少粮食" * 100, "粮食产量"]
    whole = [len(tokenizer.encode(text).ids) for text in texts]
    ids, offsets = to_bags(tokenizer, texts, 0.0, np.random.default_rng(0))
    assert (len(ids), offsets.tolist()) == (sum(whole), [0, whole[0]])
    ids, _ = to_bags(tokenizer, texts, 0.2, np.random.default_rng(0))
    assert 0.75 < len(ids) / sum(whole) < 0.85


def test_the_loss_is_small_only_for_the_right_target():
    queries = torch.eye(4)
    right, wrong = torch.arange(4), torch.tensor([1, 2, 3, 0])
    settings = FitSettings(steps=1, dims=(4,))
    assert contrastive_loss(queries, torch.eye(4), right, settings) < 1e-6
    assert contrastive_loss(queries, torch.eye(4), wrong, settings) > 10


def test_row_adam_agrees_with_torch():
    start = torch.randn(6, 4, generator=torch.Generator().manual_seed(0))
    ours, theirs = start.clone(), start.clone().requires_grad_(True)
    adam, reference = RowAdam(ours), torch.optim.Adam([theirs], lr=0.1)
    for step in range(5):
        gradient = torch.randn(6, 4, generator=torch.Generator().manual_seed(step))
        adam.step(torch.arange(6), gradient, 0.1)
        theirs.grad = gradient.clone()
        reference.step()
    torch.testing.assert_close(ours, theirs.detach())


def test_neighbours_are_counted_by_distance_and_not_across_documents():
    stream = np.array([0, 1, 0, 1, *GAP, 2, 2], dtype=np.int32)
    counts = cooccurrence(stream, 3).toarray()
    assert counts[0, 1] == counts[1, 0] == pytest.approx(3 + 1 / 3)
    assert counts[0, 2] == counts[1, 2] == 0


def test_documents_lie_a_window_apart_in_the_stream(tokenizer):
    stream = token_stream(tokenizer, ["民告官", "粮食产量"], batch=1)
    first, second = (tokenizer.encode(text).ids for text in ("民告官", "粮食产量"))
    assert stream.tolist() == [*first, *GAP, *second, *GAP]
    assert cooccurrence(stream, tokenizer.get_vocab_size())[first, :][:, second].sum() == 0


def test_mutual_information_keeps_what_meets_more_often_than_by_chance():
    counts = sparse.csr_matrix(np.array([[0, 9, 1], [9, 0, 1], [1, 1, 90]], dtype=np.float32))
    found = positive_pmi(counts).toarray()
    totals = np.array([10.0, 10.0, 92.0])
    smooth = totals**0.75 / (totals**0.75).sum()
    assert found[0, 1] == pytest.approx(np.log(9 / (10 * smooth[1])), rel=1e-5)
    assert found[0, 2] == 0 and found[2, 2] > 0 and found[0, 0] == 0


def test_the_main_directions_rebuild_a_matrix_of_low_rank():
    rng = np.random.default_rng(0)
    half = np.abs(rng.standard_normal((40, 3))).astype(np.float32)
    rows = main_directions(sparse.csr_matrix(half @ half.T), 3, seed=0)
    np.testing.assert_allclose(rows @ rows.T, half @ half.T, rtol=1e-3, atol=1e-3)


def test_words_in_like_places_start_out_alike_and_frequent_ones_short():
    rng = np.random.default_rng(0)
    # 1 and 2 take turns before 3, 4 and 5 before 6; 0 is everywhere.
    pairs = [(int(rng.choice([1, 2])), 3) if rng.random() < 0.5 else (int(rng.choice([4, 5])), 6) for _ in range(3000)]
    stream = np.array([token for a, b in pairs for token in (0, a, b, *GAP)], dtype=np.int32)
    vectors = first_vectors(stream, 7, 4, seed=0)
    lengths = np.linalg.norm(vectors, axis=1)
    unit = vectors / np.maximum(lengths, 1e-12)[:, None]
    assert unit[1] @ unit[2] > 0.95 > 0.5 > unit[1] @ unit[4]
    assert lengths[0] < lengths[1]
