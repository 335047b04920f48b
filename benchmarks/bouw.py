"""The full build of the demo network, four schooljaren: seconds per model and in all."""

import json
from pathlib import Path

from benchmarks.measuring import run, table

SHOWN = 12


def measure(folder: Path) -> str:
    """Return two tables: the steps of a rebuild, and its slowest models."""
    deliveries, data = str(folder / "demo"), folder / "demo-data"
    demo = run(["-m", "pipelines.cli", "demo", "--naar", deliveries])
    first = run(["-m", "pipelines.cli", "laad", deliveries], data, accepted=(0, 3, 4))
    again = run(["-m", "pipelines.cli", "bouw", "--json"], data)
    models = sorted(json.loads(again.printed)["modellen"], key=lambda model: -model["seconden"])
    total = sum(model["seconden"] for model in models)
    steps = [
        ["demo deliveries written", f"{demo.wall:.1f} s", f"{demo.processor:.1f} s", f"{demo.memory:.2f} GB"],
        ["first `laad` of all of them", f"{first.wall:.1f} s", f"{first.processor:.1f} s", f"{first.memory:.2f} GB"],
        ["full build (`bouw`)", f"{again.wall:.1f} s", f"{again.processor:.1f} s", f"{again.memory:.2f} GB"],
        [f"of which its {len(models)} models", f"{total:.1f} s", "", ""],
    ]
    slowest = [[model["model"], f"{model['rijen']}", f"{model['seconden']:.2f} s"] for model in models[:SHOWN]]
    rest = models[SHOWN:]
    slowest.append(
        [f"the other {len(rest)}", f"{sum(m['rijen'] for m in rest)}", f"{sum(m['seconden'] for m in rest):.2f} s"]
    )
    title = "Full build of the demo network, four schooljaren, target 20 s"
    whole = table(title, ["step", "wall", "processor", "peak memory"], steps)
    return "\n".join([whole, table("Its models, slowest first", ["model", "rows", "wall"], slowest)])
