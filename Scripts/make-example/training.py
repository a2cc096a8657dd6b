"""Training on freshly drawn pictures that are kept nowhere."""

import sys
import time

import numpy as np
import torch
from torch import nn

from network import Classifier
from pictures import picture
from preprocessing import CROP, normalized, resized

BATCH, PEAK_RATE, DECAY, SMOOTHING = 64, 0.01, 0.05, 0.0


def drawn(seed, count):
    """Pictures for training: uint8 [count, 3, RESIZE, RESIZE] from the middle of each, and their classes."""
    images, labels = [], []
    for index in range(count):
        data, label = picture(seed, "training", index)
        image = resized(data)
        side = min(image.size)
        left, top = (image.width - side) // 2, (image.height - side) // 2
        images.append(np.asarray(image.crop((left, top, left + side, top + side))).transpose(2, 0, 1))
        labels.append(label)
    return np.stack(images), np.array(labels)


def varied(images, rng):
    """Random crops, mirrored half of the time."""
    result = np.empty((len(images), 3, CROP, CROP), np.uint8)
    slack = images.shape[-1] - CROP
    for place, image in enumerate(images):
        top, left = rng.integers(0, slack + 1, 2)
        crop = image[:, top : top + CROP, left : left + CROP]
        result[place] = crop[:, :, ::-1] if rng.random() < 0.5 else crop
    return result


def trained(seed, classes, count, epochs):
    """A network trained for some epochs on `count` drawn pictures; the same for the same seed and machine."""
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True)
    started = time.monotonic()
    images, labels = drawn(seed, count)
    print(f"drew {count} pictures in {time.monotonic() - started:.0f} s", file=sys.stderr)
    rng = np.random.default_rng([seed, 1])
    model = Classifier(classes).to(memory_format=torch.channels_last)
    steps = epochs * (count // BATCH)
    optimizer = torch.optim.AdamW(model.parameters(), PEAK_RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK_RATE, total_steps=steps, pct_start=0.15)
    criterion = nn.CrossEntropyLoss(label_smoothing=SMOOTHING)
    for epoch in range(epochs):
        order = rng.permutation(count)
        loss_sum, right = 0.0, 0
        for start in range(0, count - BATCH + 1, BATCH):
            chosen = order[start : start + BATCH]
            inputs = torch.from_numpy(normalized(varied(images[chosen], rng))).to(memory_format=torch.channels_last)
            targets = torch.from_numpy(labels[chosen])
            logits = model(inputs)
            loss = criterion(logits, targets)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            loss_sum += loss.item() * BATCH
            right += (logits.argmax(1) == targets).sum().item()
        seen = count // BATCH * BATCH
        print(
            f"epoch {epoch + 1}/{epochs}: loss {loss_sum / seen:.3f}, accuracy {right / seen:.3f},"
            f" {time.monotonic() - started:.0f} s",
            file=sys.stderr,
            flush=True,
        )
    return model.eval()
