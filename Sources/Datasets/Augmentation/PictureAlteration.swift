/// A change of a picture that makes another one of it.
public enum PictureAlteration: Sendable, Hashable {
  /// Mirrored.
  case flipped(PictureFlip)
  /// A white rectangle of a share of the width and the height, at a random place.
  case erased(share: Double, seed: UInt64)
  /// A share of the pixels black or white, half of them each.
  case noised(share: Double, seed: UInt64)
  /// Other colours.
  case colored(ColorPreset)

  /// The picture that it makes of one.
  public func apply(to image: Image) -> Image {
    switch self {
    case .flipped(let flip): image.oriented(flip.orientation)
    case .erased(let share, let seed): image.erased(share, seed: seed)
    case .noised(let share, let seed): image.noised(share, seed: seed)
    case .colored(let preset): image.colored(preset)
    }
  }

  /// What it does to the picture that a model should make of the altered one.
  var ofTarget: PictureAlteration? {
    switch self {
    case .flipped, .colored: self
    case .erased, .noised: nil
    }
  }
}

extension PictureAlteration: CustomStringConvertible {
  /// In words that tell every alteration from every other, as `erased 10.0 % (seed 7)`.
  public var description: String {
    switch self {
    case .flipped(let flip): "flipped \(flip.rawValue)ly"
    case .erased(let share, let seed): "erased \(share * 100) % (seed \(seed))"
    case .noised(let share, let seed): "noised \(share * 100) % (seed \(seed))"
    case .colored(let preset): "colors \(preset.rawValue)"
    }
  }
}

/// An axis that a picture is mirrored along.
public enum PictureFlip: String, Sendable, CaseIterable {
  /// Left and right are exchanged.
  case horizontal
  /// Above and below are exchanged.
  case vertical

  var orientation: ExifOrientation { self == .horizontal ? .mirroredHorizontally : .mirroredVertically }
}

/// Factors of brightness and contrast; the six of the DL Workbench.
public enum ColorPreset: String, Sendable, CaseIterable {
  case brightVivid = "bright_vivid"
  case brightFlat = "bright_flat"
  case vivid
  case dark
  case darkVivid = "dark_vivid"
  case darkFlat = "dark_flat"

  /// The factor of every sample.
  public var brightness: Float {
    switch self {
    case .brightVivid, .brightFlat: 1.2
    case .vivid: 1
    case .dark, .darkVivid, .darkFlat: 0.8
    }
  }

  /// The factor of the distance from the mean grey.
  public var contrast: Float {
    switch self {
    case .brightVivid, .vivid, .darkVivid: 1.2
    case .dark: 1
    case .brightFlat, .darkFlat: 0.8
    }
  }
}
