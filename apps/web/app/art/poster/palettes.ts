/** Five inks of one printing: `ground` covers the sheet, `ink` letters it, the others draw. */
export type Palette = { name: string; ground: string; ink: string; a: string; b: string; c: string }

const inks = (name: string, ground: string, ink: string, a: string, b: string, c: string): Palette => ({
  name,
  ground,
  ink,
  a,
  b,
  c,
})

export const palettes = {
  ember: inks('ember', '#E4572E', '#17120F', '#FFE9C4', '#F6B13C', '#8E2415'),
  dusk: inks('dusk', '#2B2D5B', '#F7E7CE', '#E86A58', '#F2B880', '#161737'),
  mint: inks('mint', '#CFE3D4', '#16302B', '#E4572E', '#2F7F6F', '#F7F3E6'),
  bone: inks('bone', '#EFE4CC', '#1C1A17', '#C8321F', '#1F4E79', '#E0A526'),
  blood: inks('blood', '#7A1212', '#F5E3C8', '#150A0A', '#D9402A', '#E8A15B'),
  petrol: inks('petrol', '#0F3D3E', '#F2EAD3', '#E2A03F', '#2C8079', '#082122'),
  mustard: inks('mustard', '#E3A72F', '#1D1B18', '#B33A22', '#F8EFDA', '#2E5A58'),
  night: inks('night', '#0E1220', '#F0E9DA', '#5B7BD5', '#E3DCC6', '#C4432B'),
  rose: inks('rose', '#E9B8AE', '#3A1420', '#B3203F', '#F9F1E4', '#6B2B4B'),
  sea: inks('sea', '#9CC5C9', '#0F2A3A', '#1E5B7B', '#F6EEDA', '#E26D4F'),
  olive: inks('olive', '#4F562E', '#F3ECD2', '#1D200C', '#DDA843', '#B4472C'),
  violet: inks('violet', '#3B1F4A', '#F6E6DA', '#E15A7A', '#F0B35B', '#1D0E28'),
  paper: inks('paper', '#F1EADC', '#14120F', '#B8321F', '#8C8474', '#D3C9B5'),
  slate: inks('slate', '#33414C', '#F2EBDD', '#D6533B', '#93ABB3', '#141B21'),
  sky: inks('sky', '#5FA0D3', '#0F2440', '#F6CD45', '#FFF6E3', '#E04F33'),
  brick: inks('brick', '#C9653F', '#1F110B', '#F6DFB9', '#67291B', '#22605F'),
} satisfies Record<string, Palette>

export type PaletteName = keyof typeof palettes
