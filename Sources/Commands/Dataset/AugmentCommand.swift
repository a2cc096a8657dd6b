import CommandLanguage
import Datasets
import Reports

/// `augment`: more pictures, made of those that there are.
enum AugmentCommand: Command {
  static let signature = CommandSignature(
    "augment", summary: "Makes a dataset of one that has altered pictures besides its own.",
    discussion: """
      Every alteration is made of the picture as it is, none of another's result. `flip: horizontal` adds one mirrored
      picture of each; `erase: 10%` adds pictures with a white rectangle of a tenth of the width and height at a random
      place, as many of each as `erased:` says; `noise: 5%` adds pictures of which a twentieth of all pixels is black or
      white, as many as `noised:` says; each of `colors:` adds one with other brightness and contrast. Of N pictures and k
      alterations there are N + N · k in the end.

      Boxes, outlines, masks and landmarks are mirrored with their picture. The same seed makes the same pictures. They are
      computed whenever they are read, and take no space in memory or on disk.
      """, result: .dataset,
    positional: [ParameterSignature("dataset", .reference([.dataset]), "The pictures to make others of.")],
    labels: [
      ParameterSignature(
        "flip",
        .list(
          of: .choice([
            ChoiceWord(PictureFlip.horizontal.rawValue, "left and right exchanged"),
            ChoiceWord(PictureFlip.vertical.rawValue, "above and below exchanged"),
          ]), count: 1...2), absent: "no picture is mirrored", "Along which axes pictures are mirrored."),
      ParameterSignature(
        "erase", .percent, absent: "nothing is erased",
        "The share of width and height that is erased, 1% to 20%; 10% is usual."),
      ParameterSignature(
        "erased", .integer(1...20), default: "10", "How many pictures with something erased are made of each."),
      ParameterSignature(
        "noise", .percent, absent: "no noise is added",
        "The share of pixels that become black or white, 1% to 5%; 5% is usual."),
      ParameterSignature(
        "noised", .integer(1...20), default: "10", "How many pictures with noise are made of each."),
      ParameterSignature(
        "colors",
        .list(
          of: .choice(
            ColorPreset.allCases.map {
              ChoiceWord($0.rawValue, "brightness × \($0.brightness), contrast × \($0.contrast)")
            }), count: 1...ColorPreset.allCases.count), absent: "colours stay", "Brightness and contrast."),
      ParameterSignature("seed", .integer(0...Int.max), default: "0", "Which random places and pixels."),
    ],
    examples: [
      CommandExample("more = augment photos flip: horizontal", "twice as many pictures"),
      CommandExample(
        "more = augment photos flip: [horizontal, vertical] erase: 10% erased: 2 noise: 5% noised: 2 colors: [dark, vivid]",
        "nine times as many"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let loaded = try context.dataset(arguments, "dataset")
    let augmentation = Augmentation(
      flips: unique(arguments.choices("flip").compactMap(PictureFlip.init(rawValue:))),
      erasing: try random(arguments, "erase", 0.01...0.2, count: "erased"),
      noise: try random(arguments, "noise", 0.01...0.05, count: "noised"),
      colors: unique(arguments.choices("colors").compactMap(ColorPreset.init(rawValue:))),
      seed: UInt64(clamping: arguments.integer("seed") ?? 0))
    guard augmentation.count > 0 else {
      throw CommandFailure(
        "missing-argument", "`augment` needs to know what to make of the pictures", at: arguments.verbSpan,
        help: "for instance `augment photos flip: horizontal`; see `help augment`")
    }
    let progress = context.beginProgress("Augmenting \(loaded.dataset.name)")
    let augmented = try attempt(arguments, "dataset") {
      try loaded.dataset.augmented(by: augmentation, isCancelled: context.isCancelled) { finished in
        progress.update(
          Double(finished) / Double(loaded.dataset.samples.count), "\(finished) of \(loaded.dataset.samples.count)")
      }
    }
    progress.finish()
    let result = try LoadedDataset(augmented, labels: loaded.labels, isCancelled: context.isCancelled)
    return CommandOutcome(.dataset(result), report: result.report())
  }

  private static func random(
    _ arguments: BoundCommand, _ share: String, _ limits: ClosedRange<Double>, count: String
  ) throws -> Augmentation.Random? {
    guard let fraction = arguments.fraction(share) else {
      guard !arguments.isGiven(count) else {
        throw CommandFailure(
          "missing-argument", "`\(count):` says how many, but `\(share):` is missing", at: arguments.span(of: count),
          help: "give `\(share):` too, for instance `\(share): \(Int(limits.upperBound * 50))%`")
      }
      return nil
    }
    guard limits.contains(fraction) else {
      let (low, high) = (Int((limits.lowerBound * 100).rounded()), Int((limits.upperBound * 100).rounded()))
      throw CommandFailure(
        "out-of-range", "`\(share):` must be from \(low)% to \(high)%", at: arguments.span(of: share),
        help: "give a share within these limits")
    }
    return Augmentation.Random(share: fraction, count: arguments.integer(count) ?? 10)
  }

  private static func unique<Element: Hashable>(_ list: [Element]) -> [Element] {
    var seen: Set<Element> = []
    return list.filter { seen.insert($0).inserted }
  }
}
