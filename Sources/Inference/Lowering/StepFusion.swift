/// Two steps of which the second alone reads what the first one gives, as one.
enum StepFusion {
  /// A scaling of channels and the pointwise convolution behind it.
  static func join(_ first: any PlanStep, _ second: any PlanStep) -> (any PlanStep)? {
    if let scale = first as? ChannelRescaleStep, let convolution = second as? ConvolutionStepU8, scale.isReadOnce,
      convolution.input == scale.output, convolution.groups.count == 1, convolution.geometry.isPointwise
    {
      return ScaledConvolutionStepU8(scale: scale, convolution: convolution)
    }
    if let scale = first as? ChannelScaleStep, let convolution = second as? ConvolutionStepF32, scale.isReadOnce,
      convolution.input == scale.output, convolution.groups.count == 1, convolution.geometry.isPointwise
    {
      return ScaledConvolutionStepF32(scale: scale, convolution: convolution)
    }
    return nil
  }
}
