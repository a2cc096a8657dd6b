import Datasets
import Foundation
import Testing

/// Pictures against what Pillow and published algorithms make of the same one, and annotations against what they must be.
@Suite struct AugmentationTests {
  private static let folder = URL(fileURLWithPath: Fixture.path("Altered"))

  private static func image(_ name: String) throws -> Image {
    try Image(contentsOfFile: folder.appendingPathComponent("\(name).png").path, orientation: .stored)
  }

  static let alterations: [(String, PictureAlteration)] =
    [
      ("horizontal", .flipped(.horizontal)), ("vertical", .flipped(.vertical)),
      ("erased", .erased(share: 0.15, seed: 20_261_126)), ("noised", .noised(share: 0.05, seed: 20_261_126)),
    ] + ColorPreset.allCases.map { ($0.rawValue, .colored($0)) }

  @Test(arguments: alterations.indices) func `every pixel is that of the reference`(_ index: Int) throws {
    let (name, alteration) = Self.alterations[index]
    #expect(alteration.apply(to: try Self.image("source")) == (try Self.image(name)), "\(name)")
  }

  @Test(arguments: [0.01, 0.034, 0.05]) func `half of the noise is black and half of it white`(_ share: Double) throws {
    let grey = try Image(size: ImageSize(width: 40, height: 25), pixels: [UInt8](repeating: 100, count: 3000))
    let noised = PictureAlteration.noised(share: share, seed: 3).apply(to: grey)
    let samples = stride(from: 0, to: 3000, by: 3).map { noised.pixels[$0] }
    let count = Int(1000 * share)
    #expect(samples.count { $0 == 0 } == count / 2 && samples.count { $0 == 255 } == count - count / 2)
    #expect(noised == PictureAlteration.noised(share: share, seed: 3).apply(to: grey))
    #expect(noised != PictureAlteration.noised(share: share, seed: 4).apply(to: grey))
  }

  private func withDataset(_ count: Int = 3, _ body: (Dataset) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("octet-\(UInt64.random(in: 0...(.max)))")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for index in 0..<count {
      try FileManager.default.copyItem(
        at: Self.folder.appendingPathComponent("source.png"), to: folder.appendingPathComponent("p\(index).png"))
    }
    try body(try Dataset(openingFolder: folder.path))
  }

  private let everything = Augmentation(
    flips: PictureFlip.allCases, erasing: .init(share: 0.1, count: 4), noise: .init(share: 0.05, count: 3),
    colors: ColorPreset.allCases, seed: 9)

  @Test func `there are N and N times as many as is made of each`() throws {
    try withDataset { dataset in
      let augmented = try dataset.augmented(by: everything)
      #expect(augmented.samples.count == 3 + 3 * (2 + 4 + 3 + 6))
      let names = augmented.samples.map(\.path)
      #expect(names == names.sorted() && Set(names).count == names.count)
      for suffix in ["h_flip", "v_flip", "erased_3", "noised_2", "colorspace_5"] {
        #expect(names.contains("p1_\(suffix).png"))
      }
      #expect(augmented.augmentation == everything && dataset.augmentation == nil)
    }
  }

  @Test func `each is made of the picture as it is, the same for the same seed`() throws {
    try withDataset { dataset in
      let augmented = try dataset.augmented(by: everything)
      let source = try Self.image("source")
      for sample in augmented.samples {
        let expected = sample.alteration.map { $0.apply(to: source) } ?? source
        #expect(try augmented.load(sample) == expected, "\(sample.path)")
      }
      #expect(try dataset.augmented(by: everything).samples == augmented.samples)
      var other = everything
      other.seed = 10
      let pictures = try [augmented, dataset.augmented(by: other)].map { set in
        try set.load(set.sample(named: "p0_noised_1.png"))
      }
      #expect(pictures[0] != pictures[1])
      let both = try ["p0_erased_1.png", "p1_erased_1.png"].map { try augmented.load(augmented.sample(named: $0)) }
      #expect(both[0] != both[1])
    }
  }

  @Test func `what cannot be made is refused`() throws {
    try withDataset(1) { dataset in
      #expect(throws: DatasetError.self) { try dataset.augmented(by: Augmentation()) }
      let once = try dataset.augmented(by: Augmentation(flips: [.vertical]))
      #expect(throws: DatasetError.self) { try once.augmented(by: Augmentation(flips: [.vertical])) }
      let many = Augmentation(noise: .init(share: 0.05, count: 2_000_000))
      #expect(throws: DatasetError.self) { try dataset.augmented(by: many) }
      #expect(throws: CancellationError.self) { try dataset.augmented(by: everything, isCancelled: { true }) }
    }
  }

  /// A cat in Pascal VOC, whose file counts pixels from 1: columns 3 to 10 and rows 2 to 5 of 31 and 22.
  @Test func `boxes and masks are mirrored with their picture`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("octet-\(UInt64.random(in: 0...(.max)))")
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["JPEGImages", "Annotations", "ImageSets/Main", "SegmentationClass"] {
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    for name in ["JPEGImages/a.png", "SegmentationClass/a.png"] {
      try FileManager.default.copyItem(
        at: Self.folder.appendingPathComponent("source.png"), to: folder.appendingPathComponent(name))
    }
    try Data("a\n".utf8).write(to: folder.appendingPathComponent("ImageSets/Main/val.txt"))
    let edges = "<bndbox><xmin>3</xmin><ymin>2</ymin><xmax>10</xmax><ymax>5</ymax></bndbox>"
    let xml = "<annotation><object><name>cat</name>\(edges)</object></annotation>"
    try Data(xml.utf8).write(to: folder.appendingPathComponent("Annotations/a.xml"))
    let dataset = try Dataset(openingFolder: folder.path).augmented(
      by: Augmentation(flips: [.horizontal, .vertical], colors: [.dark]))
    func box(_ name: String) throws -> BoundingBox? {
      try dataset.sample(named: "JPEGImages/a\(name).png").annotation?.objects?.first?.box
    }
    #expect(try box("") == BoundingBox(left: 2, top: 1, right: 9, bottom: 4))
    #expect(try box("_colorspace_0") == BoundingBox(left: 2, top: 1, right: 9, bottom: 4))
    #expect(try box("_h_flip") == BoundingBox(left: 21, top: 1, right: 28, bottom: 4))
    #expect(try box("_v_flip") == BoundingBox(left: 2, top: 17, right: 9, bottom: 20))
    let mask = ClassMask(path: "m", encoding: .colors([0x010101, 0x020202]))
    var mirrored = mask
    mirrored.flip = .horizontal
    let image = try Image(size: ImageSize(width: 2, height: 2), pixels: [1, 1, 1, 2, 2, 2, 2, 2, 2, 9, 9, 9])
    #expect(try mask.classes(of: image) == [0, 1, 1, -1] && mirrored.classes(of: image) == [1, 0, -1, 1])
    #expect(try dataset.sample(named: "JPEGImages/a_v_flip.png").annotation?.mask?.flip == .vertical)
  }

  /// A COCO file whose one object has runs: 2 x 3 pixels, of which column 0 holds 0 1 1 and column 1 holds 1 0 0.
  @Test func `outlines and targets follow`() throws {
    let object = AnnotatedObject(
      classIndex: 0, box: BoundingBox(left: 0, top: 0, right: 1, bottom: 0.5), isBoxRelative: true,
      outline: .runs([1, 3, 2], size: ImageSize(width: 2, height: 3)))
    let sample = Sample(
      path: "p0.png", annotation: Annotation(objects: [object], targetPath: "b.png", landmarks: [.init(x: 1, y: 4)]))
    try withDataset(1) { dataset in
      let augmented = try dataset.selecting([sample]).augmented(
        by: Augmentation(flips: PictureFlip.allCases, colors: [.vivid]))
      func annotation(_ name: String) throws -> Annotation? { try augmented.sample(named: name).annotation }
      let (across, down) = (try annotation("p0_h_flip.png"), try annotation("p0_v_flip.png"))
      #expect(across?.objects?[0].outline == .runs([0, 1, 3, 2], size: ImageSize(width: 2, height: 3)))
      #expect(down?.objects?[0].outline == .runs([0, 2, 3, 1], size: ImageSize(width: 2, height: 3)))
      #expect(down?.objects?[0].box == BoundingBox(left: 0, top: 0.5, right: 1, bottom: 1))
      #expect(across?.landmarks == [.init(x: 30, y: 4)] && down?.landmarks == [.init(x: 1, y: 18)])
      #expect(across?.targetAlteration == .flipped(.horizontal))
      #expect(try annotation("p0_colorspace_0.png")?.targetAlteration == .colored(.vivid))
    }
  }
}
