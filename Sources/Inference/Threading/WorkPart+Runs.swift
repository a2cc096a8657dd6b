extension WorkPart {
  /// Calls a closure with this part's share of the elements of tensors of one shape, in runs of neighbours: all at once
  /// if the tensors have the same strides and what is between pixels may be written over, else pixel by pixel.
  ///
  /// - Parameters:
  ///   - first: the layout of one input.
  ///   - second: the layout of another input; the same again if there is one only.
  ///   - body: gets the length of a run and where it starts in the output and in the inputs, in elements.
  func forEachRun(
    _ output: PhysicalLayout, _ first: PhysicalLayout, _ second: PhysicalLayout,
    _ body: (_ count: Int, _ start: Int, _ starts: (Int, Int)) -> Void
  ) {
    let isFlat =
      (output.ownsGaps || output.isDense) && first.pixelStride == output.pixelStride
      && second.pixelStride == output.pixelStride
    if output.order == .rowMajor || isFlat {
      let range = range(of: output.elementSpan)
      if !range.isEmpty { body(range.count, range.lowerBound, (range.lowerBound, range.lowerBound)) }
      return
    }
    for pixel in range(of: output.pixels) {
      body(output.channels, pixel * output.pixelStride, (pixel * first.pixelStride, pixel * second.pixelStride))
    }
  }
}
