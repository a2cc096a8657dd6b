"""Screenshots of every output of every notebook, in the light and the dark theme, to be looked at.

Usage: python screenshots.py FOLDER [NOTEBOOK …]
"""

import sys
from pathlib import Path

from lab import lab

ROOT = Path(__file__).resolve().parent.parent


def main(folder, notebooks):
    folder.mkdir(parents=True, exist_ok=True)
    with lab() as opened:
        for notebook in notebooks:
            opened.open(notebook)
            opened.run_all()
            for theme in ["light", "dark"]:
                opened.theme(theme)
                opened.page.wait_for_timeout(500)
                for index in range(opened.page.locator(".jp-Notebook .jp-CodeCell").count()):
                    shoot(opened, index, folder / f"{notebook.stem}-{index:02d}-{theme}.png")
            print(f"{notebook.name}: {folder}")


def shoot(opened, index, path):
    output = opened.output(index)
    if not output.count() or not (box := output.bounding_box()) or box["height"] < 1:
        return
    opened.page.set_viewport_size({"width": 1280, "height": min(max(int(box["height"]) + 200, 600), 8000)})
    output.scroll_into_view_if_needed()
    opened.page.wait_for_timeout(150)
    output.screenshot(path=str(path))


if __name__ == "__main__":
    chosen = [Path(argument) for argument in sys.argv[2:]]
    main(Path(sys.argv[1]), chosen or sorted((ROOT / "notebooks").glob("*.ipynb")))
