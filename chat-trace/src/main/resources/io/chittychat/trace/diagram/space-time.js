createTimeView(document.getElementById('space-time'), {
  data: JSON.parse(document.getElementById('space-time-data').textContent),
  wholePage: true,
});
