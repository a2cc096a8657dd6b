"""The training loop that the networks share, but for the classifier's own."""

import sys
import time

import torch


def train(model, seed, batches, steps, rate, loss, decay=0.02, report=100):
    """Trains with AdamW and one cycle of the learning rate; `batches(step)` gives what `loss(model, batch)` takes."""
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True)
    started, total = time.monotonic(), 0.0
    optimizer = torch.optim.AdamW(model.parameters(), rate, weight_decay=decay)
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps, pct_start=0.15)
    model.train()
    for step in range(steps):
        value = loss(model, batches(step))
        optimizer.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 10.0)
        optimizer.step()
        cycle.step()
        total += value.item()
        if (step + 1) % report == 0:
            elapsed = time.monotonic() - started
            print(f"step {step + 1}/{steps}: loss {total / report:.4f}, {elapsed:.0f} s", file=sys.stderr, flush=True)
            total = 0.0
    return model.eval()


class Shuffled:
    """Indices of batches: every index once, in a random order, before any comes again."""

    def __init__(self, count, batch, rng):
        self._count, self._batch, self._rng, self._left = count, batch, rng, []

    def __call__(self):
        if len(self._left) < self._batch:
            self._left = list(self._rng.permutation(self._count))
        chosen, self._left = self._left[: self._batch], self._left[self._batch :]
        return chosen
