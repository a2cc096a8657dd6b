import Datasets
import Tensors
import Testing

@Suite struct PreprocessingTests {
  static let frames = Fixture.names(in: "Frames").filter { $0.hasSuffix(".ppm") }

  private static func shape(_ dimensions: Int...) throws -> Shape { try Shape(dimensions) }

  /// A name such as `cmyk.jpg.64.56x56.ppm` says: the picture, the shorter side, the crop.
  private static func parts(_ name: String) throws -> (image: Image, side: Int, crop: ImageSize) {
    let fields = name.split(separator: ".")
    let extents = fields[3].split(separator: "x").compactMap { Int($0) }
    return (
      try Image(contentsOfFile: Fixture.path("Pictures/\(fields[0]).\(fields[1])")), try #require(Int(fields[2])),
      ImageSize(width: extents[0], height: extents[1])
    )
  }

  @Test func `There are frames`() { #expect(Self.frames.count == 6) }

  @Test(arguments: frames)
  func `Resizing the shorter side and cropping the middle gives what Pillow gives`(name: String) throws {
    let (image, side, crop) = try Self.parts(name)
    let preprocessing = try Preprocessing(
      PreprocessingOptions(resize: .shorterSide(side), crop: crop),
      inputShape: Self.shape(1, 3, crop.height, crop.width))
    #expect(try preprocessing.frame(image) == Fixture.ppm("Frames/" + name))
  }

  @Test(arguments: frames)
  func `Gray is Pillow's luma`(name: String) throws {
    let (image, side, crop) = try Self.parts(name)
    let preprocessing = try Preprocessing(
      PreprocessingOptions(resize: .shorterSide(side)), inputShape: Self.shape(1, 1, crop.height, crop.width))
    #expect(preprocessing.channels == .gray)
    #expect(try preprocessing.pixels(image) == Fixture.bytes("Frames/" + name.dropLast(3) + "gray"))
  }

  @Test(arguments: Fixture.names(in: "Normalized"))
  func `Mean and scale give NumPy's float32 results`(name: String) throws {
    let numbers = name.dropLast(4).split(separator: "_").compactMap { Float($0) }
    let bytes = try Fixture.bytes("Normalized/" + name)
    let expected = stride(from: 0, to: bytes.count, by: 4).map { start in
      Float(bitPattern: bytes[start..<start + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) })
    }
    let ramp = try Image(size: ImageSize(16), pixels: (0..<256).flatMap { [UInt8](repeating: UInt8($0), count: 3) })
    let preprocessing = try Preprocessing(
      PreprocessingOptions(channels: .rgb, mean: [numbers[0]], scale: [numbers[1]]),
      inputShape: Self.shape(1, 3, 16, 16))
    #expect(try preprocessing.values(ramp) == expected + expected + expected)
  }

  /// Two pixels side by side.
  private static let pair = [1, 2, 3, 4, 5, 6] as [UInt8]

  @Test(arguments: [
    (ChannelOrder.rgb, ChannelLayout.nchw, [1, 4, 2, 5, 3, 6] as [UInt8], [0.5, 3.5, -8, -5, 18, 48] as [Float]),
    (.bgr, .nchw, [3, 6, 2, 5, 1, 4], [2.5, 5.5, -8, -5, -2, 28]),
    (.rgb, .nhwc, [1, 2, 3, 4, 5, 6], [0.5, -8, 18, 3.5, -5, 48]),
    (.bgr, .nhwc, [3, 2, 1, 6, 5, 4], [2.5, -8, -2, 5.5, -5, 28]),
  ])
  func `Channels are ordered first, then normalized in that order`(
    channels: ChannelOrder, layout: ChannelLayout, pixels: [UInt8], values: [Float]
  ) throws {
    let image = try Image(size: ImageSize(width: 2, height: 1), pixels: Self.pair)
    let shape = try layout == .nchw ? Self.shape(1, 3, 1, 2) : Self.shape(1, 1, 2, 3)
    let preprocessing = try Preprocessing(
      PreprocessingOptions(channels: channels, mean: [0.5, 10, 1.2], scale: [1, 1, 0.1], layout: layout),
      inputShape: shape)
    #expect(try preprocessing.pixels(image) == pixels)
    let tensor = try preprocessing.apply(to: image)
    #expect(tensor.shape == shape)
    #expect(zip(tensor.floats, values).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test(arguments: [
    ([1, 3, 224, 224], PreprocessingOptions(), "resize 256, crop 224x224, RGB, x"),
    ([8, 3, 299, 299], PreprocessingOptions(), "resize 342, crop 299x299, RGB, x"),
    ([1, 3, 96, 96], PreprocessingOptions(), "resize 110, crop 96x96, RGB, x"),
    ([1, 3, 64, 64], PreprocessingOptions(), "stretch to 64x64, RGB, x"),
    ([1, 3, 300, 400], PreprocessingOptions(), "stretch to 400x300, RGB, x"),
    ([1, 1, 28, 28], PreprocessingOptions(scale: [255]), "stretch to 28x28, gray, x / 255"),
    ([1, 28, 28, 1], PreprocessingOptions(mean: [33.25]), "stretch to 28x28, gray, NHWC, x - 33.25"),
    ([1, 224, 224, 3], PreprocessingOptions(channels: .bgr), "resize 256, crop 224x224, BGR, NHWC, x"),
    (
      [1, 3, 224, 224], PreprocessingOptions(resize: .shorterSide(256), mean: [127.5], scale: [127.5]),
      "resize 256, crop 224x224, RGB, (x - 127.5) / 127.5"
    ),
    (
      [1, 3, 224, 224],
      PreprocessingOptions(
        resize: .stretch(ImageSize(256)), channels: .bgr, mean: [103.94, 116.78, 123.68], scale: [58.8235]),
      "stretch to 256x256, crop 224x224, BGR, (x - [103.94, 116.78, 123.68]) / 58.8235"
    ),
    ([1, 3, 224, 224], PreprocessingOptions(crop: ImageSize(224)), "crop 224x224, RGB, x"),
    (
      [1, 3, 32, 32], PreprocessingOptions(resize: .stretch(ImageSize(32)), interpolation: .nearest),
      "stretch to 32x32, nearest, RGB, x"
    ),
  ])
  func `What is not said follows from the input`(
    dimensions: [Int], options: PreprocessingOptions, description: String
  ) throws {
    #expect(try Preprocessing(options, inputShape: Shape(dimensions)).description == description)
  }

  @Test(arguments: [
    ([3, 224, 224], PreprocessingOptions(), "the model's input has the shape [3, 224, 224], which is not that of"),
    ([1, 4, 8, 8], PreprocessingOptions(), "[1, 4, 8, 8] has 4 channels as NCHW, but pictures have 1 or 3"),
    ([1, 3, 0, 8], PreprocessingOptions(), "input 8x0 is not between 1 and 16384 pixels a side"),
    ([1, 3, 8, 8], PreprocessingOptions(channels: .gray), "gray gives 1 channel, but the model's input has 3"),
    ([1, 1, 8, 8], PreprocessingOptions(channels: .bgr), "bgr gives 3 channels, but the model's input has 1"),
    ([1, 3, 224, 224], PreprocessingOptions(crop: ImageSize(200)), "crop: 200x200 is not the 224x224 of the model's"),
    ([1, 3, 224, 224], PreprocessingOptions(resize: .shorterSide(200)), "resize: 200 is too small to crop 224x224"),
    ([1, 3, 224, 224], PreprocessingOptions(resize: .shorterSide(0)), "resize: 0x0 is not between 1 and 16384"),
    ([1, 3, 224, 224], PreprocessingOptions(resize: .shorterSide(.max)), "is not between 1 and 16384"),
    ([1, 3, 224, 224], PreprocessingOptions(resize: .stretch(ImageSize(64))), "64x64 is smaller than the 224x224"),
    ([1, 3, 8, 8], PreprocessingOptions(scale: [0]), "scale: 0 would divide by zero"),
    ([1, 3, 8, 8], PreprocessingOptions(scale: [1, 2]), "scale: has 2 numbers, but RGB has 3"),
    ([1, 3, 8, 8], PreprocessingOptions(scale: [1e-38]), "overflows"),
    ([1, 3, 8, 8], PreprocessingOptions(mean: [.nan]), "mean: must be finite numbers"),
    ([1, 1, 8, 8], PreprocessingOptions(mean: [1, 2, 3]), "mean: has 3 numbers, but gray has 1"),
  ])
  func `Impossible steps are refused`(dimensions: [Int], options: PreprocessingOptions, message: String) throws {
    let shape = try Shape(dimensions)
    let error = #expect(throws: DatasetError.self) { try Preprocessing(options, inputShape: shape) }
    #expect(error?.code == .invalidPreprocessing)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test func `A picture smaller than the crop is refused unless it is resized`() throws {
    let image = try Image(size: ImageSize(width: 9, height: 7), pixels: [UInt8](repeating: 7, count: 189))
    let shape = try Self.shape(1, 3, 8, 8)
    let cropping = try Preprocessing(PreprocessingOptions(crop: ImageSize(8)), inputShape: shape)
    let error = #expect(throws: DatasetError.self) { try cropping.frame(image) }
    #expect(error?.message == "the picture of 9x7 is smaller than the crop of 8x8")
    let resizing = try Preprocessing(PreprocessingOptions(resize: .shorterSide(8)), inputShape: shape)
    #expect(try resizing.frame(image).pixels == [UInt8](repeating: 7, count: 192))
  }

  @Test func `A picture too elongated to be resized is refused`() throws {
    let line = try Image(size: ImageSize(width: 60_000, height: 1), pixels: [UInt8](repeating: 0, count: 180_000))
    let preprocessing = try Preprocessing(inputShape: Self.shape(1, 3, 224, 224))
    #expect(throws: DatasetError.self) { try preprocessing.frame(line) }
  }
}
