extension Image {
  /// The picture with a white rectangle of ⌈width · share⌉ × ⌈height · share⌉ pixels at a random place within it.
  func erased(_ share: Double, seed: UInt64) -> Image {
    func extent(_ side: Int) -> Int { min(max(Int((Double(side) * share).rounded(.up)), 1), side) }
    let (columns, rows) = (extent(width), extent(height))
    var generator = SplitMix64(seed: seed)
    let left = generator.next(below: width - columns + 1)
    let top = generator.next(below: height - rows + 1)
    var pixels = pixels
    for y in top..<top + rows {
      for index in (y * width + left) * 3..<(y * width + left + columns) * 3 { pixels[index] = 255 }
    }
    return Image(trusted: size, pixels: pixels)
  }

  /// The picture with ⌊pixels · share⌋ of its pixels black or white, as many each, the odd one white.
  ///
  /// Every choice of that many pixels is equally likely (Knuth, The Art of Computer Programming, 3.4.2, algorithm S).
  func noised(_ share: Double, seed: UInt64) -> Image {
    let count = width * height
    var wanted = min(max(Int(Double(count) * share), 0), count)
    var black = wanted / 2
    var generator = SplitMix64(seed: seed)
    var pixels = pixels
    for pixel in 0..<count where wanted > 0 && generator.next(below: count - pixel) < wanted {
      let isBlack = generator.next(below: wanted) < black
      if isBlack { black -= 1 }
      wanted -= 1
      for channel in 0..<3 { pixels[pixel * 3 + channel] = isBlack ? 0 : 255 }
    }
    return Image(trusted: size, pixels: pixels)
  }

  /// The picture brightened and then with more or less contrast, sample by sample as Pillow's `ImageEnhance` does it.
  func colored(_ preset: ColorPreset) -> Image {
    let bright = mixed(0, preset.brightness)
    return bright.mixed(bright.meanGrey, preset.contrast)
  }

  /// The mean luma of all pixels, rounded: what Pillow takes for the picture without contrast.
  private var meanGrey: UInt8 {
    var sum = 0
    for index in stride(from: 0, to: pixels.count, by: 3) {
      let (red, green, blue) = (Int(pixels[index]), Int(pixels[index + 1]), Int(pixels[index + 2]))
      sum += (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16
    }
    let count = pixels.count / 3
    return UInt8(clamping: Int(Double(sum) / Double(count) + 0.5))
  }

  /// Each sample's distance from a grey times a factor, cut off after the decimal point and to 0...255.
  private func mixed(_ grey: UInt8, _ factor: Float) -> Image {
    let table = (0..<256).map { sample -> UInt8 in
      let value = Float(grey) + factor * Float(sample - Int(grey))
      return value <= 0 ? 0 : value >= 255 ? 255 : UInt8(value)
    }
    return Image(trusted: size, pixels: pixels.map { table[Int($0)] })
  }
}
