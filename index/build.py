"""From report files to a new version of the index: what is new is read, cut and embedded, the rest taken over."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import corpus
from corpus.descriptions import describe, read_descriptions
from corpus.errors import NoReports, UnreadableFile
from corpus.ingest import Ingest, Outcome, ingest_failure, ingest_report
from corpus.read import Parsed, find_report_files
from corpus.types import Report
from corpus.worker import Limits, Worker
from index.checks import Answering, found_sentences, read_checks
from index.chunks import Chunking
from index.disk import sync_tree
from index.draft import Draft
from index.encode import Encoder
from index.errors import BuildCancelled
from index.fingerprint import reading_fingerprint
from index.fresh import Cut, Embedder
from index.gate import Gate, Made
from index.history import BuildLog
from index.live import OpenVersion, live_files
from index.lock import sole_writer, user_name
from index.manifest import FORMAT_VERSION, Manifest, Recipe, file_facts, last_folders, make_live
from index.originals import keep_originals
from index.parts import Parts
from index.plan import Plan, Planned, plan_build
from index.previous import Previous
from index.progress import Meter, Progress, silent
from index.search import Index
from index.summary import BuildSummary, Changes, Findings, NearDuplicate
from index.suspects import Suspects
from index.versions import KEPT, finish_version, new_version, remove_leftovers, remove_old, version_id

SAMPLES = Path(corpus.__file__).parent / "samples"
# What a reader raises on a file that nobody thought of. Such a file is named; the others are indexed all the same.
_READER_FAILURES = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How a build is done.

    Attributes:
        accept: go live even if a fixed question has lost its answer.
        anew: take nothing over from the version before.
        started_by: who or what started it, for the log.
        keep: how many versions stay on the disk.
        limits: what reading one file may take.
    """

    accept: bool = False
    anew: bool = False
    started_by: str = "command line"
    keep: int = KEPT
    limits: Limits = field(default_factory=Limits)


def build_index(
    home: Path,
    folders: Sequence[Path] = (),
    encoder: Encoder | None = None,
    chunking: Chunking | None = None,
    progress: Progress = silent,
    options: BuildOptions | None = None,
    answering: Answering = found_sentences,
) -> BuildSummary:
    """Build a new version of the index, check it and make it live; none if nothing has changed.

    Args:
        home: the home folder.
        folders: where the reports are; empty: where they were last time, else `home/reports`, else the samples.
        encoder: makes the vectors; None: the one that ships.
        chunking: how reports are cut.
        progress: hears of every stage.
        options: how it is done.
        answering: answers the fixed questions of the home folder.

    Raises:
        BadChecks: if the fixed questions cannot be read.
        GateClosed: if the new version is not whole.
        NoReports: if a folder is missing or not one file could be read.
        BuildRunning: if another build of this home folder is running.
        IndexNotWritten: if the disk is full or the home folder cannot be written.
    """
    options = options or BuildOptions()
    folders = tuple(folders) or report_folders(home)
    gate, encoder = Gate(home, read_checks(home), answering), encoder or Encoder.load()
    with sole_writer(home, options.started_by):
        remove_leftovers(home)
        return _Build(gate, folders, encoder, chunking or Chunking(), Meter(progress), options).run()


def report_folders(home: Path) -> tuple[Path, ...]:
    """Return where a build without further word finds its reports; empty means: only the samples are there."""
    own = home / "reports"
    folders = [own] if own.is_dir() and find_report_files([own]) else []
    return tuple(dict.fromkeys([*last_folders(home), *folders]))


class _Build:
    """One build, by one who holds the build lock."""

    def __init__(
        self,
        gate: Gate,
        folders: Sequence[Path],
        encoder: Encoder,
        chunking: Chunking,
        meter: Meter,
        options: BuildOptions,
    ) -> None:
        self._home, self._gate = gate.home, gate
        self._folders, self._encoder, self._chunking = folders, encoder, chunking
        self._meter, self._options = meter, options
        self._began, self._started = time.monotonic(), datetime.now(UTC).isoformat(timespec="seconds")
        self._recipe = Recipe(encoder.fingerprint, chunking.max_chars, chunking.tiny_chars, reading_fingerprint())
        self._parts = Parts(gate.home / "index" / "parts")
        self._suspects = Suspects(gate.home, forget=options.anew)
        self._descriptions = read_descriptions(gate.home)
        self._failed: list[UnreadableFile] = []
        self._near: list[NearDuplicate] = []
        self._worker = Worker(options.limits)

    def run(self) -> BuildSummary:
        """Build; returns what was done."""
        previous = None if self._options.anew else Previous.open(self._home, self._recipe)
        known = previous.known(self._descriptions) if previous else {}
        plan = plan_build(self._folders or (SAMPLES,), known, self._meter)
        try:
            if previous and previous.is_made_of(plan) and self._is_current(previous):
                return self._unchanged(previous, plan)
            return self._make(plan, previous)
        except BuildCancelled:
            self._parts.clear()
            raise
        finally:
            self._worker.close()

    @property
    def _folder_names(self) -> tuple[str, ...]:
        return tuple(str(path.absolute()) for path in self._folders)

    def _is_current(self, previous: Previous) -> bool:
        """Tell whether the version before can stay the live one, if its reports are those to be indexed."""
        return self._folder_names == previous.manifest.folders and previous.is_whole(self._home)

    def _unchanged(self, previous: Previous, plan: Plan) -> BuildSummary:
        facts, cards = previous.manifest, previous.store.cards
        warnings = tuple((card.file, warning) for card in cards for warning in card.warnings)
        changes, failed = Changes(unchanged=facts.reports), tuple(self._failed)
        live = (facts.build_id, facts.reports, facts.chunks, True)
        return BuildSummary(*live, changes, plan.duplicates, failed, warnings, Findings(), tuple(self._near))

    def _make(self, plan: Plan, previous: Previous | None) -> BuildSummary:
        with new_version(self._home) as folder:
            draft = Draft(folder, Embedder(self._encoder, self._parts), previous)
            with closing(draft):
                self._fill(draft, plan.files, previous)
                changes = Changes.between(live_files(self._home), draft.files)
                said = previous is None or len(previous.known(self._descriptions)) == len(previous.store.cards)
                if previous and said and changes.is_empty and self._is_current(previous):
                    return self._unchanged(previous, plan)
                for error in self._failed:
                    draft.leave_out(ingest_failure(error))
                for file, original in plan.duplicates:
                    draft.leave_out(Ingest(file, Outcome.DUPLICATE, original=original, similarity=1.0))
                draft.finish(self._meter)
            manifest = self._describe(folder, draft)
            self._meter("write", 0, 1)
            sync_tree(folder)
            self._meter("write", 1, 1)
            target = finish_version(folder, manifest.build_id)
        findings = self._check(target, Made(changes, tuple(draft.fresh)), plan.files)
        is_live = self._options.accept or not findings.lost
        self._log(changes, findings).write(target)
        if is_live:
            make_live(self._home, manifest.build_id)
        self._parts.clear()
        self._suspects.clear()
        remove_old(self._home, self._options.keep)
        made = (manifest.build_id, manifest.reports, manifest.chunks, is_live)
        found = (tuple(self._failed), tuple(draft.warnings), findings, tuple(self._near))
        return BuildSummary(*made, changes, plan.duplicates, *found)

    def _check(self, folder: Path, made: Made, files: Sequence[Planned]) -> Findings:
        """Let a version through the gate with its originals kept, or remove it."""
        with ExitStack() as undo:
            undo.callback(shutil.rmtree, folder, ignore_errors=True)
            # The checksums were taken from the files as they had been written: reading them again would say the same.
            version = OpenVersion.of(folder, self._home)
            index = Index.of_version(version, self._home, self._encoder)
            findings = self._gate.inspect(index, version, made, self._meter)
            keep_originals(self._home, version.store.paged(), files)
            self._meter("live", 0, 1)
            undo.pop_all()
        return findings

    def _fill(self, draft: Draft, files: Sequence[Planned], previous: Previous | None) -> None:
        """Put every report into the draft: taken over where it is as it was, read anew otherwise."""
        for done, file in enumerate(files):

            def tick(done: int = done, name: str = file.name) -> None:
                self._meter("read", done, len(files), name)

            tick()
            if previous and file.known_id:
                self._take(draft, previous, file.known_id)
                continue
            parsed = self._read(file)
            # The file may have changed since it was looked at, into the same as another one.
            if parsed is not None and parsed.report.report_id not in draft.files.values():
                self._add(draft, parsed, tick)
        self._meter("read", len(files), len(files))
        if not draft.files:
            reasons = "; ".join(map(str, self._failed[:3])) or "no file has a suffix that is read"
            folders = ", ".join(repr(str(folder)) for folder in self._folders)
            raise NoReports(f"no report in {folders} can be read: {reasons}")

    def _add(self, draft: Draft, parsed: Parsed, tick: Callable[[], None]) -> None:
        """Put a report that was read into the draft, unless one that is there says the same."""
        report = describe(parsed.report, self._descriptions)
        cut = Cut.of(report, self._chunking)
        found = draft.near_duplicate(cut)
        if found is None:
            draft.add(cut, tick)
            draft.keep_pictures(parsed.pictures)
        else:
            self._leave_out(draft, report, found)

    def _take(self, draft: Draft, previous: Previous, report_id: str) -> None:
        """Take a report over, unless one that is new says the same and is read better."""
        found = draft.near_duplicate_of_new(previous, report_id) if draft.fresh else None
        if found:
            self._leave_out(draft, previous.store.report(report_id), found)
        else:
            draft.take(previous, report_id)

    def _leave_out(self, draft: Draft, report: Report, found: tuple[str, float]) -> None:
        """Note a report that says the same as one that is there."""
        self._near.append(NearDuplicate(report.file, *found))
        outcome = Outcome.NEAR_DUPLICATE
        draft.leave_out(replace(ingest_report(report), outcome=outcome, original=found[0], similarity=found[1]))

    def _read(self, file: Planned) -> Parsed | None:
        if self._suspects.is_barred(file.path):
            reason = "the program has ended twice while it read it; change it, or build with --anew to try again"
            self._failed.append(UnreadableFile(file.name, reason))
            return None
        try:
            with self._suspects.reading(file.path):
                return self._worker.read_parsed(file.path, file.name)
        except UnreadableFile as error:
            self._failed.append(error)
        except _READER_FAILURES as error:
            self._failed.append(UnreadableFile(file.name, f"its reader failed ({type(error).__name__}: {error})"))
        return None

    def _describe(self, folder: Path, draft: Draft) -> Manifest:
        listed = "\n".join(f"{report_id} {file}" for file, report_id in draft.files.items())
        digest = hashlib.sha256(listed.encode("utf-8", "surrogatepass")).hexdigest()
        manifest = Manifest(
            format_version=FORMAT_VERSION,
            build_id=version_id(folder, digest),
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            encoder=self._encoder.name,
            encoder_fingerprint=self._encoder.fingerprint,
            dimensions=self._encoder.dimensions,
            chunk_max_chars=self._chunking.max_chars,
            chunk_tiny_chars=self._chunking.tiny_chars,
            reading=self._recipe.reading,
            corpus_digest=digest,
            reports=len(draft.files),
            chunks=draft.chunks,
            folders=self._folder_names,
            files=file_facts(folder, draft.shared),
        )
        manifest.write(folder)
        return manifest

    def _log(self, changes: Changes, findings: Findings) -> BuildLog:
        seconds = round(time.monotonic() - self._began, 3)
        stages = {stage: round(spent, 3) for stage, spent in self._meter.stages.items()}
        failed = tuple((error.file, error.reason) for error in self._failed)
        return BuildLog(
            self._options.started_by, user_name(), self._started, seconds, stages, changes, failed, findings.notes
        )
