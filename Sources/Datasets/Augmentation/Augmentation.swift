/// Which pictures are made of each picture of a dataset; all of them of the picture as it is, none of another's result.
public struct Augmentation: Sendable, Hashable {
  /// A share and how many pictures get it.
  public struct Random: Sendable, Hashable {
    /// Above 0 and at most 1.
    public var share: Double
    /// How many pictures are made of each, at least 1.
    public var count: Int

    /// Makes a choice.
    public init(share: Double, count: Int) {
      self.share = share
      self.count = count
    }
  }

  /// The axes that pictures are mirrored along, one picture each.
  public var flips: [PictureFlip]
  /// White rectangles, of a share of width and height.
  public var erasing: Random?
  /// Black and white pixels, a share of all.
  public var noise: Random?
  /// Other colours, one picture each.
  public var colors: [ColorPreset]
  /// Which random places and pixels.
  public var seed: UInt64

  /// Makes a choice of what is done.
  public init(
    flips: [PictureFlip] = [], erasing: Random? = nil, noise: Random? = nil, colors: [ColorPreset] = [],
    seed: UInt64 = 0
  ) {
    self.flips = flips
    self.erasing = erasing
    self.noise = noise
    self.colors = colors
    self.seed = seed
  }

  /// How many pictures are made of each.
  public var count: Int { flips.count + (erasing?.count ?? 0) + (noise?.count ?? 0) + colors.count }

  /// The alterations of a picture, with what their names end in.
  func alterations(of path: String) -> [(suffix: String, alteration: PictureAlteration)] {
    var result = flips.map { ("_\($0.rawValue.prefix(1))_flip", PictureAlteration.flipped($0)) }
    if let erasing {
      result += (0..<erasing.count).map {
        ("_erased_\($0)", .erased(share: erasing.share, seed: seed(path, "erased", $0)))
      }
    }
    if let noise {
      result += (0..<noise.count).map { ("_noised_\($0)", .noised(share: noise.share, seed: seed(path, "noised", $0))) }
    }
    return result + colors.enumerated().map { ("_colorspace_\($0)", .colored($1)) }
  }

  /// A number of its own for each picture that is made, the same wherever the dataset lies: the FNV-1a hash of what it is.
  private func seed(_ path: String, _ kind: String, _ index: Int) -> UInt64 {
    "\(seed) \(kind) \(index) \(path)".utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0100_0000_01B3 }
  }
}

extension Dataset {
  /// The dataset with the pictures that an augmentation makes of it besides.
  ///
  /// They are computed when they are loaded, and take neither memory nor files. Boxes, masks, outlines and landmarks are
  /// mirrored with their picture.
  ///
  /// - Parameter progress: is told how many pictures are done.
  /// - Throws: `DatasetError.invalidSubset` if nothing is to be made, if pictures of the dataset are made so already, or if
  ///   there would be more than a million; `CancellationError`.
  public func augmented(
    by augmentation: Augmentation, isCancelled: () -> Bool = { false }, progress: (_ finished: Int) -> Void = { _ in }
  ) throws -> Dataset {
    guard augmentation.count > 0 else {
      throw DatasetError(.invalidSubset, "nothing is to be made of the pictures", remedy: "say what to do with them")
    }
    guard samples.allSatisfy({ $0.alteration == nil }) else {
      throw DatasetError(
        .invalidSubset, "the dataset \(name) has augmented pictures already",
        remedy: "augment the dataset that it was made of, with everything at once")
    }
    let (count, overflow) = samples.count.multipliedReportingOverflow(by: augmentation.count + 1)
    guard !overflow, count <= Self.largestAugmentation else {
      throw DatasetError(
        .invalidSubset, "\(count) pictures would be more than the \(Self.largestAugmentation) that are made",
        remedy: "augment a subset, or make fewer of each")
    }
    var taken = Set(samples.map(\.path))
    var result = samples
    result.reserveCapacity(count)
    for (index, sample) in samples.enumerated() {
      if isCancelled() { throw CancellationError() }
      progress(index)
      let size = size(of: sample, for: augmentation)
      for (suffix, alteration) in augmentation.alterations(of: sample.path) {
        // A picture that cannot be read has no places that could be mirrored.
        if case .flipped = alteration, size == nil { continue }
        var suffix = suffix
        while !taken.insert(sample.path(endingIn: suffix)).inserted { suffix += "_" }
        let annotation = sample.annotation?.after(
          alteration, of: size ?? ImageSize(1), boxesHoldPixels: format == PascalVOCDataset.name)
        let path = sample.path(endingIn: suffix)
        result.append(Sample(path: path, annotation: annotation, source: sample.path, alteration: alteration))
      }
    }
    return Dataset(self, samples: result.sorted(by: Sample.precede), augmentation: augmentation)
  }

  private static let largestAugmentation = 1_000_000

  /// The size of a picture where it is needed to mirror its annotation, else any; nil if it cannot be read.
  private func size(of sample: Sample, for augmentation: Augmentation) -> ImageSize? {
    guard !augmentation.flips.isEmpty, sample.annotation?.hasPlacesInPixels == true else { return ImageSize(1) }
    return try? load(sample).size
  }

  /// The picture that a model should make of a sample's; nil where there is none.
  ///
  /// - Throws: as `Image.init(contentsOfFile:)`.
  public func target(of sample: Sample) throws(DatasetError) -> Image? {
    guard let path = sample.annotation?.targetPath else { return nil }
    let image = try Image(contentsOfFile: root + "/" + path, orientation: orientation)
    return sample.annotation?.targetAlteration?.apply(to: image) ?? image
  }
}
