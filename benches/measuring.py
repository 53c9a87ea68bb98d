"""What benches/compare and benches/curves share: peers, one measured run, tables in benches/README.md."""
import os, platform, shutil, subprocess, sys, time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
TOOLS = HERE / "target" / "tools"
PAGE = HERE / "benches" / "README.md"


def ripgrep():
    """ripgrep, from its Debian package where it is not installed"""
    if found := os.environ.get("RG") or shutil.which("rg"):
        return found
    folder = TOOLS / "ripgrep"
    if not (folder / "usr/bin/rg").exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["apt-get", "download", "-q", "ripgrep"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        package = next(folder.glob("ripgrep_*.deb"))
        subprocess.run(["dpkg", "-x", package.name, "."], cwd=folder, check=True)
    return str(folder / "usr/bin/rg")


def rumdl():
    """rumdl, from PyPI where it is not installed"""
    if found := os.environ.get("RUMDL") or shutil.which("rumdl"):
        return found
    venv = TOOLS / "rumdl"
    if not (venv / "bin/rumdl").exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([venv / "bin/pip", "install", "--quiet", "--disable-pip-version-check", "rumdl"], check=True)
    return str(venv / "bin/rumdl")


def markdownlint():
    """markdownlint-cli2, from npm where it is not installed; nothing where there is no npm"""
    if found := os.environ.get("MARKDOWNLINT") or shutil.which("markdownlint-cli2"):
        return found
    folder = TOOLS / "markdownlint"
    if not (folder / "node_modules/.bin/markdownlint-cli2").exists():
        if not shutil.which("npm"):
            return None
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, "markdownlint-cli2"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return str(folder / "node_modules/.bin/markdownlint-cli2")


def vidimus():
    if named := os.environ.get("VIDIMUS"):
        return str(Path(named).resolve())
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=HERE, check=True)
    return str(HERE / "target/release/vidimus")


def run(command, folder, env=None):
    """wall and processor seconds, peak memory in MB; findings (status 1) are no failure"""
    begun = time.perf_counter()
    child = subprocess.Popen(
        command, cwd=folder, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    told = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begun
    if child.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, command))}: exit {child.returncode}\n{told.decode(errors='replace')[-2000:]}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def linked(corpus, to):
    """A copy of a corpus that costs no room; what is edited in it is written anew, so that the corpus stays as it is."""
    def copy(source, target):
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)
    shutil.copytree(corpus, to, copy_function=copy, ignore=shutil.ignore_patterns(".rumdl_cache"))
    (to / "vidimus.toml").touch()
    return to


def write(path, text):
    """Puts a text in place of a file, whoever else holds a link to it."""
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


def every(nth, corpus, to):
    """Every so many-th text of a corpus alone, for programs that would take all day."""
    to.mkdir()
    for number, source in enumerate(texts(corpus)[::nth]):
        shutil.copy2(source, to / f"{number}-{source.name}")
    return to


def texts(corpus):
    return sorted(f for f in corpus.rglob("*") if f.suffix in {".md", ".txt"} and ".meta" not in f.parts and f.is_file())


def bytes_of_texts(corpus):
    return sum(f.stat().st_size for f in texts(corpus))


def machine():
    name = ""
    try:
        name = next(line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name"))
    except (OSError, StopIteration):
        name = platform.processor() or platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return f"{name}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GB of memory, {platform.system()}, load {os.getloadavg()[0]:.1f}"


def versions(*commands):
    def first(command):
        out = subprocess.run([command, "--version"], capture_output=True, text=True).stdout
        return out.splitlines()[0].strip() if out else command
    return "; ".join(first(command) for command in commands)


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|---" + "|--:" * (len(head) - 1) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def put(key, title, body):
    """Puts a section into the page, in place of the one of the same key; new ones come before the end of their kind."""
    begin, end = f"<!-- measured: {key} -->", f"<!-- end: {key} -->"
    section = f"{begin}\n\n### {title}\n\n{body}\n\n{end}"
    page = PAGE.read_text(encoding="utf-8")
    if begin in page:
        before, rest = page.split(begin, 1)
        page = before + section + rest.split(end, 1)[1]
    else:
        mark = f"<!-- more: {key.split(' ')[0]} -->"
        page = page.replace(mark, f"{section}\n\n{mark}", 1)
    PAGE.write_text(page, encoding="utf-8")
    print(f"### {title}\n\n{body}\n")
