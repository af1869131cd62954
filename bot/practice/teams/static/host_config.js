/** How cards look in Teams. Colors are the page's own, so that light and dark follow without drawing again. */

const shade = (name) => ({ default: `var(--card-${name})`, subtle: `var(--card-${name}-soft)` });

const INKS = {
  default: shade("ink"),
  dark: shade("ink"),
  light: shade("ink"),
  accent: shade("accent"),
  good: shade("good"),
  warning: shade("warning"),
  attention: shade("attention"),
};

const style = (name) => ({ backgroundColor: `var(--card-on-${name})`, borderColor: "var(--card-line)", foregroundColors: INKS });

const SIZES = { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 };
const WEIGHTS = { lighter: 400, default: 400, bolder: 600 };

/** Teams' measures and inks. */
export const HOST_CONFIG = {
  supportsInteractivity: true,
  fontTypes: {
    default: { fontFamily: "inherit", fontSizes: SIZES, fontWeights: WEIGHTS },
    monospace: { fontFamily: "var(--mono)", fontSizes: SIZES, fontWeights: WEIGHTS },
  },
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
  spacing: { none: 0, small: 6, default: 10, medium: 16, large: 22, extraLarge: 30, padding: 14 },
  separator: { lineThickness: 1, lineColor: "var(--card-line)" },
  imageSizes: { small: 32, medium: 52, large: 100 },
  containerStyles: {
    default: style("default"),
    emphasis: style("emphasis"),
    accent: style("accent"),
    good: style("good"),
    warning: style("warning"),
    attention: style("attention"),
  },
  textStyles: { heading: { size: "large", weight: "bolder" }, columnHeader: { weight: "bolder" } },
  textBlock: { headingLevel: 3 },
  inputs: {
    label: {
      inputSpacing: "small",
      requiredInputs: { weight: "bolder", suffix: " *", suffixColor: "attention" },
      optionalInputs: { weight: "bolder" },
    },
    errorMessage: { color: "attention", weight: "bolder", size: "small" },
  },
  factSet: { title: { weight: "bolder", maxWidth: 170, wrap: true }, value: { wrap: true }, spacing: 12 },
  actions: {
    maxActions: 6,
    spacing: "medium",
    buttonSpacing: 8,
    showCard: { actionMode: "inline", inlineTopMargin: 10, style: "emphasis" },
    actionsOrientation: "horizontal",
    actionAlignment: "left",
    allowTitleToWrap: true,
  },
  adaptiveCard: { allowCustomStyle: false },
};
