import { render } from 'preact';
import 'uplot/dist/uPlot.min.css';
import './style.css';
import { App } from './app.js';
import { startTheme } from './theme.js';
import { language, speak } from './text/index.js';
import { watch } from './live/watch.js';

startTheme();
speak(language.value);
const place = document.getElementById('console');
if (place !== null) render(<App />, place);
void watch();
